"""A concept from a document: the fourth of `miteinander import`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.utils import timezone

from miteinander.cli import setup
from miteinander.cli.setup import said
from miteinander.core.errors import InstallationRefused, Invalid
from miteinander.core.standing import system
from miteinander.strategy import actions, queries, readers
from miteinander.strategy.states import LineKind, LineOutcome

if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Sequence

    from miteinander.cli.output import Output
    from miteinander.core.models import Municipality
    from miteinander.strategy.models import Concept, ConceptLine
    from miteinander.strategy.queries import Ground
    from miteinander.strategy.readers import Draft

FUNCTION = "Installation"


def run(data: bytes, options: Namespace, output: Output) -> int:
    import hashlib  # deferred: as the command itself

    town = setup.one_municipality(options.municipality)
    at = timezone.now()
    by = system(town.pk, at=at, function=FUNCTION)
    concept = _concept(town, options.concept)
    with output.percent(said("Das Dokument wird gelesen", "Reading the document")) as report:
        draft = _read(data, options, report)
    _refuse_unknown(draft, options.map)
    ground = queries.ground_of(concept)
    lines = readers.compared(draft.entries, ground)
    if options.similar == "same":
        same = {
            readers.same_key(line): line.candidates[0]["pk"] for line in lines if line.candidates
        }
        lines = readers.compared(draft.entries, ground, same)
    for line in lines:
        if line.outcome == LineOutcome.SIMILAR and options.similar in {"new", "leave"}:
            line.decision = options.similar
    told = None
    if options.yes:
        told = actions.take_in_document(
            concept, lines, name=Path(options.file).name, digest=hashlib.sha256(data).hexdigest(),
            size=len(data), seen=ground.seen,
            mapping=_mapping(options.map), by=by, at=at,
        )  # fmt: skip
    left = queries.lines_left_out(lines)
    output.give(
        "\n".join([*_head(concept, draft, options), *_rows(lines, ground), *_remarks(draft)]),
        _as_data(concept, draft, lines=lines, left=left, told=told),
    )
    if not output.as_json:
        for sentence in _ending(lines, left, told):
            output.say(sentence)
    return 0


def _read(data: bytes, options: Namespace, report: Any) -> Draft:
    """Read the document; a file that is none is refused by its name."""
    try:
        return readers.read_concept(data, _mapping(options.map), report)
    except Invalid as refusal:
        raise InstallationRefused(
            " ".join(str(sentence) for sentence in refusal.fields.values()),
            where=options.file,
            do=said("Danach den Befehl noch einmal ausführen.", "Then run the command once more."),
        ) from refusal


def _concept(town: Municipality, code: str) -> Concept:
    """The concept that is meant, or the one that is being drafted."""
    found = list(queries.concepts_being_drafted(town))
    chosen = [concept for concept in found if code in ("", concept.identifier)]
    if len(chosen) == 1:
        return chosen[0]
    raise InstallationRefused(
        said("Es ist nicht klar, welches Konzept gemeint ist.",
             "It is not clear which concept is meant.")
        if found else
        said("Es gibt kein Konzept, an dem geschrieben wird.", "No concept is being drafted."),
        where=", ".join(f"{concept.identifier} ({concept.title})" for concept in found),
        do=said("Bitte mit --concept eines nennen.", "Name one with --concept.")
        if found else
        said("Bitte im Arbeitsbereich unter „Konzepte“ eines beginnen.",
             "Begin one in the workspace, under “Concepts”."),
    )  # fmt: skip


def _mapping(pairs: Sequence[tuple[str, str]]) -> dict[str, str]:
    return {name: role or "ignore" for name, role in pairs}


def _refuse_unknown(draft: Draft, pairs: Sequence[tuple[str, str]]) -> None:
    """A heading or a label that is named must be there: a slip of the pen is told."""
    levels = {level["key"] for level in draft.levels}
    labels = {label["key"]: label["label"] for label in draft.labels}
    for name, role in pairs:
        is_level = readers.is_level(name)
        if is_level and role not in {"", *readers.ROLES}:
            raise InstallationRefused(
                said(f"{name} kann nicht {role} sein.", f"{name} cannot be {role}."),
                where=f"--map {name}={role}",
                do=said("Möglich sind: ", "Possible are: ") + ", ".join(readers.ROLES),
            )
        if name not in levels and readers.key_of(name) not in labels:
            raise InstallationRefused(
                said(f"„{name}“ kommt im Dokument nicht vor.", f"“{name}” is not in the document."),
                where=f"--map {name}={role}",
                do=said("Es gibt: ", "There are: ")
                + ", ".join([*sorted(levels), *labels.values()]),
            )


def _head(concept: Concept, draft: Draft, options: Namespace) -> list[str]:
    words = [f"{concept.title} · {Path(options.file).name}", ""]
    for level in draft.levels:
        told = queries.level_in_words(level["key"])
        why = f" ({queries.WHYS[level['why']]})" if level["why"] else ""
        role = queries.ROLE_LABELS[level["role"]]
        words.append(f"  {level['key']}  {told}: {level['samples'][0]} … → {role}{why}")
    for label in draft.labels:
        role = queries.import_label(label["role"] or "note")
        words.append(f"  {label['label']} → {role}")
    return [*words, "", *(f"  {told}" for told in queries.aside_in_words(draft.aside)), ""]


def _rows(lines: Sequence[ConceptLine], ground: Ground) -> list[str]:
    """Every entry that is new, differs or waits, in the order of the document."""
    names = {**ground.organisations, **ground.themes}
    depth = {LineKind.FIELD: 0, LineKind.GOAL: 1, LineKind.MEASURE: 2}
    found = []
    for line in lines:
        if line.outcome == LineOutcome.SAME and not line.remarks:
            continue
        kind = LineKind(line.subject)
        space = "  " * depth[kind]
        outcome = LineOutcome(line.outcome).label
        place = queries.place_in_words({k: v for k, v in line.place.items() if k != "path"})
        where = f" [{place}]" if place else ""
        title = f"{line.number} {line.title}".strip()
        found.append(f"{space}{kind.label} · {title} · {outcome}{where}")
        if line.outcome == LineOutcome.NEW:
            found += [f"{space}    {told}" for told in queries.details_on_import(line.says, names)]
        found += [f"{space}    {queries.difference_on_import(d)}" for d in line.differences]
        found += [f"{space}    ! {queries.remark_on_import(remark)}" for remark in line.remarks]
        found += [f"{space}    ? {candidate['label']}" for candidate in line.candidates]
    return found


def _remarks(draft: Draft) -> list[str]:
    if not draft.remarks:
        return []
    head = said("Nicht verstanden oder nicht übernommen:", "Not understood or not taken over:")
    told = [
        (queries.place_in_words(remark["place"]), queries.remark_on_import(remark))
        for remark in draft.remarks
    ]
    return ["", head, *(f"  {place}: {words}" if place else f"  {words}" for place, words in told)]


def _ending(
    lines: Sequence[ConceptLine], left: Sequence[ConceptLine], told: dict[str, int] | None
) -> list[str]:
    words = []
    if left:
        words.append(said(f"Ausgelassen: {len(left)}.", f"Left out: {len(left)}."))
    if both := sum(line.outcome == LineOutcome.BOTH for line in lines):
        words.append(
            said(
                f"Hier und im Dokument geändert: {both}. Das bleibt, wie es hier ist; im Browser "
                "lässt es sich entscheiden.",
                f"Changed here and in the document: {both}. These stay as they are here; decide "
                "in the browser.",
            )
        )
    if told is not None and any(told[name] for name in ("fields", "goals", "measures", "changed")):
        kinds = {
            "fields": said("Handlungsfelder", "fields of action"), "goals": said("Ziele", "goals"),
            "measures": said("Maßnahmen", "measures"), "changed": said("geändert", "changed"),
        }  # fmt: skip
        figures = ", ".join(f"{told[name]} {word}" for name, word in kinds.items() if told[name])
        return [*words, said(f"Geschrieben: {figures}.", f"Written: {figures}.")]
    if not any(line.outcome in {"new", "changed", "similar"} for line in lines):
        return [*words, said("Es gibt nichts zu tun.", "There is nothing to do.")]
    if told is not None:
        return [*words, said("Es wurde nichts geschrieben.", "Nothing was written.")]
    return [
        *words,
        said(
            "Nichts ist geschrieben. Mit --yes wird es übernommen.",
            "Nothing is written. With --yes it is taken over.",
        ),
    ]


def _as_data(
    concept: Concept,
    draft: Draft,
    *,
    lines: Sequence[ConceptLine],
    left: Sequence[ConceptLine],
    told: dict[str, int] | None,
) -> dict[str, Any]:
    return {
        "concept": concept.identifier,
        "kind": draft.kind,
        "levels": draft.levels,
        "labels": draft.labels,
        "aside": draft.aside,
        "counted": queries.counted_lines(lines),
        "entries": [
            {
                "kind": str(line.subject),
                "number": line.number,
                "title": line.title,
                "parent": line.parent,
                "says": line.says,
                "place": line.place,
                "outcome": str(line.outcome),
                "differences": line.differences,
                "candidates": [candidate["label"] for candidate in line.candidates],
                "remarks": [{**r, "words": queries.remark_on_import(r)} for r in line.remarks],
            }
            for line in lines
        ],
        "remarks": [{**r, "words": queries.remark_on_import(r)} for r in draft.remarks],
        "left": [line.position for line in left],
        "written": told,
    }
