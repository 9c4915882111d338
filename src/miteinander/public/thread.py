"""From links to stations: turns a thread as it is read into the line that is drawn."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import get_language, gettext_lazy, ngettext_lazy
from django.utils.translation import gettext as _

from miteinander.core.lineage.thread import BUNDLE_FROM, Sheaf, Step, Thread, thread_of
from miteinander.core.translation import localise
from miteinander.ui.shapes import Bundle, Station
from miteinander.ui.words import written_day

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.utils.functional import _StrPromise

    from miteinander.core.models import Thing
    from miteinander.core.standing import Standing

KINDS: dict[str, _StrPromise] = {
    "process": gettext_lazy("Process"),
    "body": gettext_lazy("Body"),
    "meeting": gettext_lazy("Meeting"),
    "minutes": gettext_lazy("Minutes"),
    "resolution": gettext_lazy("Resolution"),
    "draw": gettext_lazy("Draw by lot"),
    "call": gettext_lazy("Call"),
    "contribution": gettext_lazy("Contribution"),
    "statement": gettext_lazy("Statement"),
    "theme": gettext_lazy("Theme"),
    "concept": gettext_lazy("Concept"),
    "cross_cutting_theme": gettext_lazy("Cross-cutting theme"),
    "field": gettext_lazy("Field of action"),
    "goal": gettext_lazy("Goal"),
    "measure": gettext_lazy("Measure"),
    "version": gettext_lazy("Version"),
    "objection": gettext_lazy("Objection"),
    "ballot": gettext_lazy("Ballot"),
    "report": gettext_lazy("Status report"),
    "organisation": gettext_lazy("Organisation"),
    "offer": gettext_lazy("Offer"),
    "perspective": gettext_lazy("Perspective"),
    "news": gettext_lazy("News item"),
    "page": gettext_lazy("Page"),
}
# One sentence per relation: read at the earlier thing (going up) and at the later one.
UP: dict[str, _StrPromise] = {
    "gathered_in": gettext_lazy("This was said and gathered."),
    "grew_into": gettext_lazy("What follows grew from this."),
    "evidence_of": gettext_lazy("The need of what follows rests on this."),
    "merged_into": gettext_lazy("This was merged into what follows."),
    "split_into": gettext_lazy("This held several thoughts and was split."),
    "moved_to": gettext_lazy("It was here first and then moved."),
    "became": gettext_lazy("What follows came out of this."),
    "collected_by": gettext_lazy("This was collected for what follows."),
    "discussed_at": gettext_lazy("This was discussed."),
    "objected_by": gettext_lazy("Somebody objected to this."),
    "frozen_in": gettext_lazy("This was part of the frozen wording."),
    "decided_by": gettext_lazy("This was put to the vote."),
    "reported_in": gettext_lazy("This is what is being reported on."),
    "continued_as": gettext_lazy("This was carried on."),
}
DOWN: dict[str, _StrPromise] = {
    "gathered_in": gettext_lazy("Gathered here with similar contributions."),
    "grew_into": gettext_lazy("This grew from it."),
    "evidence_of": gettext_lazy("This is named as evidence here."),
    "merged_into": gettext_lazy("Merged into this one; it lives on here."),
    "split_into": gettext_lazy("Split: one thought of it lives on here."),
    "moved_to": gettext_lazy("Moved here."),
    "became": gettext_lazy("Became this."),
    "collected_by": gettext_lazy("Belongs here now."),
    "discussed_at": gettext_lazy("Discussed here."),
    "objected_by": gettext_lazy("An objection that travels with it."),
    "frozen_in": gettext_lazy("The wording was frozen."),
    "decided_by": gettext_lazy("This was decided."),
    "reported_in": gettext_lazy("This is how things stand."),
    "continued_as": gettext_lazy("Carried on as this."),
}
COUNTED = {
    "contribution": ngettext_lazy("%(count)d contribution", "%(count)d contributions", "count"),
    "theme": ngettext_lazy("%(count)d theme", "%(count)d themes", "count"),
    "goal": ngettext_lazy("%(count)d goal", "%(count)d goals", "count"),
    "measure": ngettext_lazy("%(count)d measure", "%(count)d measures", "count"),
    "report": ngettext_lazy("%(count)d status report", "%(count)d status reports", "count"),
}
SEVERAL = {
    "contribution": gettext_lazy("contributions"),
    "theme": gettext_lazy("themes"),
    "goal": gettext_lazy("goals"),
    "measure": gettext_lazy("measures"),
    "report": gettext_lazy("status reports"),
}
FROZEN_IN = "frozen_in"
"""From a measure to a version; what is noted there is the number that it had."""
SPEAKING = frozenset({"report", "version"})
"""Kinds whose titles say what they are: “Stand: planmäßig”, “Konzept, Fassung 1”."""
FOLDABLE = frozenset({"contribution", "goal", "measure", "report"})
OTHER = ngettext_lazy("%(count)d further item", "%(count)d further items", "count")


def stations(
    thing: Thing,
    *,
    standing: Standing,
    language: str,
    beside: Iterable[Thing] = (),
    taken_over: tuple[date, str] | None = None,
) -> list[Station]:
    """The stations of the thread through `thing`, oldest first: two or three queries.

    What else the page shows may stand in `beside`: it is translated in the same query. `taken_over`
    says when, and in words from where, the thing came out of a document.

    Visitors see what is public, members also drafts, and only the coordination sees voices that
    are meant for the office alone.
    """
    thread = _for(standing, thread_of(thing, public_only=not standing.is_member))
    localise([*thread.things(), *beside], language)
    today = localdate(standing.at)
    rows: list[tuple[Step | None, Station]] = [(step, _station(step)) for step in thread.before]
    if taken_over is not None:
        rows.append((None, _document(*taken_over)))
    rows.append((None, _here(thread)))
    rows += [(step, _station(step)) for step in thread.after]
    origins = {sheaf.at: sheaf.context for sheaf in thread.sheaves if sheaf.upwards}
    for at, (step, shown) in enumerate(rows):
        origin = origins.get(step.thing.pk if step else thing.pk, "")
        if origin and not shown.body:
            rows[at] = (step, replace(shown, body=origin))
    return _positions(_beside(_hang(_folded(rows), thread)), today)


def _for(standing: Standing, thread: Thread) -> Thread:
    if standing.is_coordinator:
        return thread

    def seen(thing: Thing) -> bool:
        return thing.is_public or thing.kind not in ("call", "contribution")

    return replace(
        thread,
        before=tuple(step for step in thread.before if seen(step.thing)),
        after=tuple(step for step in thread.after if seen(step.thing)),
        sheaves=tuple(
            replace(sheaf, samples=tuple(t for t in sheaf.samples if seen(t)))
            for sheaf in thread.sheaves
        ),
    )


def _station(step: Step) -> Station:
    thing = step.thing
    title, language = _title(thing)
    kind, number = _name(thing, title)
    return Station(
        title=title,
        language=language,
        url=thing.get_absolute_url(),
        kind_label=kind,
        number=number,
        when=step.when,
        precision=thing.precision if step.when == thing.happened_on else "day",  # type: ignore[arg-type]  # the field's choices are these
        body=step.context,
        sentence=_numbered(step)
        or step.note
        or _sentence(step.relation, step.upwards, get_language()),
        said_in=language if step.note and not _numbered(step) else "",
        is_example=thing.is_example,
        notes=_notes(thing),
        dissent=thing.kind == "objection",
        is_decision=thing.kind == "resolution",
    )


def _document(when: date, words: str) -> Station:
    return Station(
        title=_("A document of the municipality"),
        when=when,
        sentence=words,
    )


def _numbered(step: Step) -> str:
    """A version says with which number a measure stood in it: numbers change."""
    if step.relation != FROZEN_IN or not step.note:
        return ""
    number, _space, field = step.note.partition(" ")
    return _("There with the number %(number)s, in the field “%(field)s”.") % {
        "number": number,
        "field": field,
    }


@lru_cache(maxsize=512)
def _kind(kind: str, _language: str | None) -> str:
    """Remembered by language, as the sentences: a thread says the same few words forty times."""
    return str(KINDS[kind])


@lru_cache(maxsize=512)
def _sentence(relation: str, upwards: bool, _language: str | None) -> str:
    return str((UP if upwards else DOWN)[relation])


def _here(thread: Thread) -> Station:
    thing = thread.start
    title, language = _title(thing)
    kind, number = _name(thing, title)
    return Station(
        title=title,
        language=language,
        kind_label=kind,
        number=number,
        when=thing.happened_on,
        precision=thing.precision,  # type: ignore[arg-type]  # the field's choices are these
        body=thread.context,
        sentence=_("This is the page you are reading."),
        is_here=True,
        is_example=thing.is_example,
        notes=_notes(thing),
        dissent=thing.kind == "objection",
        is_decision=thing.kind == "resolution",
    )


def _name(thing: Thing, title: str) -> tuple[str, str]:
    """What stands before a title: its kind and number, unless the title says so itself."""
    kind = _kind(thing.kind, get_language())
    speaks = thing.kind in SPEAKING or title.casefold().startswith(kind.casefold())
    return ("", "") if speaks else (kind, thing.number)


def _notes(thing: Thing) -> tuple[str, ...]:
    notes = [
        _("Formerly: %(title)s") % {"title": former.get("title", "")}
        for former in (thing.former_titles or [])
    ]
    if thing.retired_on:
        notes.append(
            _("Not continued since %(day)s; what belonged to it stays traceable.")
            % {"day": written_day(thing.retired_on)}
        )
    return tuple(notes)


def _title(thing: Thing) -> tuple[str, str]:
    """A thing's title in the page's language, else the original and its language."""
    localised = getattr(thing, "localised", None)
    if localised is None:
        return thing.title, ""
    if "title" in localised:
        return localised["title"].text, ""
    return thing.title, thing.language


def _folded(rows: list[tuple[Step | None, Station]]) -> list[tuple[Step | None, Station]]:
    """Fold many stations of one kind on one side into one that opens: twelve measures, say.

    Reports on one measure are folded from the second on: what counts is the latest, and the
    earlier ones open below it.
    """
    sides: dict[tuple[bool, str], list[tuple[Step, Station]]] = {}
    for step, station in rows:
        if step is not None and step.thing.kind in FOLDABLE:
            sides.setdefault((step.upwards, step.thing.kind), []).append((step, station))
    out: list[tuple[Step | None, Station]] = []
    for step, station in rows:
        many = sides.get((step.upwards, step.thing.kind), []) if step is not None else []
        is_last = bool(many) and station is many[-1][1]
        if step is not None and _is_history(many):
            if is_last:
                out.append((step, _with_earlier(station, [one for _step, one in many[:-1]])))
        elif step is None or len(many) < BUNDLE_FROM:
            out.append((step, station))
        elif is_last if _ends_with(step) else station is many[0][1]:
            out.append((step, _fold(step, station, [one for _step, one in many])))
    return out


def _ends_with(step: Step) -> bool:
    """Whether a bundle stands where its last station was: what led here, and how it stands now."""
    return step.upwards or step.thing.kind == "report"


def _is_history(many: list[tuple[Step, Station]]) -> bool:
    """Several reports on one and the same measure."""
    return (
        len(many) > 1
        and many[0][0].thing.kind == "report"
        and len({step.neighbour for step, _station in many}) == 1
    )


def _with_earlier(latest: Station, earlier: list[Station]) -> Station:
    return replace(
        latest,
        bundle=Bundle(
            count=len(earlier),
            label=str(SEVERAL["report"]),
            samples=tuple(reversed(earlier)),
            is_history=True,
        ),
    )


def _fold(step: Step, at: Station, many: list[Station]) -> Station:
    kind = step.thing.kind
    return replace(
        at,
        title=str(COUNTED[kind] % {"count": len(many)}),
        language="",
        said_in="",
        url="",
        kind_label="",
        number="",
        sentence=str((UP if step.upwards else DOWN)[step.relation]),
        is_example=False,
        notes=(),
        bundle=Bundle(count=len(many), label=str(SEVERAL[kind]), samples=tuple(many)),
    )


def _hang(rows: Iterable[tuple[Step | None, Station]], thread: Thread) -> list[Station]:
    """Put each bundle beside the thing it hangs on: before it going up, after it going down."""
    out: list[Station] = []
    for step, station in rows:
        at = step.thing.pk if step else thread.start.pk
        sheaves = [
            s for s in thread.sheaves if s.at == at and (step is None or s.upwards == step.upwards)
        ]
        out += [_bundle(s, station) for s in sheaves if s.upwards]
        out.append(station)
        out += [_bundle(s, station) for s in sheaves if not s.upwards]
    return out


def _bundle(sheaf: Sheaf, at: Station) -> Station:
    label = str(COUNTED.get(sheaf.kind, OTHER) % {"count": sheaf.count})
    noun = str(SEVERAL.get(sheaf.kind, KINDS[sheaf.kind]))
    samples = []
    for thing in sheaf.samples:
        title, language = _title(thing)
        samples.append(
            Station(
                title=title,
                language=language,
                url=thing.get_absolute_url(),
                kind_label=_kind(thing.kind, get_language()),
                when=thing.happened_on,
                precision=thing.precision,  # type: ignore[arg-type]  # the field's choices are these
                is_example=thing.is_example,
            )
        )
    url = ""
    if sheaf.kind == "contribution" and at.url:
        url = f"{reverse('public:contributions')}?{_filter(at)}"
    sentences = UP if sheaf.upwards else DOWN
    # The samples are the newest: what led here began with the oldest, what followed goes on.
    dated = samples[-1 if sheaf.upwards else 0] if samples else at
    return Station(
        title=label,
        when=dated.when,
        precision=dated.precision,
        body=sheaf.context,
        sentence=str(sentences[sheaf.relation]),
        bundle=Bundle(count=sheaf.count, label=noun, url=url, samples=tuple(samples)),
    )


def _filter(at: Station) -> str:
    return f"theme={at.url.rstrip('/').rsplit('/', 1)[-1]}"


def _beside(found: list[Station]) -> list[Station]:
    """Draw the second thread on from an objection to the resolution before which it stood."""
    objections = [n for n, s in enumerate(found) if s.dissent]
    decided = [n for n, s in enumerate(found) if s.is_decision]
    if objections and decided and objections[0] < decided[-1]:
        run = range(objections[0] + 1, decided[-1])
        return [replace(s, beside=True) if n in run else s for n, s in enumerate(found)]
    return found


def _positions(found: list[Station], today: date) -> list[Station]:
    """What lies ahead is stitched; the last thing that has happened is where we are."""
    past = [n for n, s in enumerate(found) if s.when is None or s.when <= today]
    now = past[-1] if past else -1
    if now >= 0:  # before, all are past, as they were made
        found[now] = replace(found[now], position="now")
        found[now + 1 :] = [replace(s, position="next") for s in found[now + 1 :]]
    return found
