"""Writing the index, in the transaction that changes what it is about.

`core.events.record` keeps the thing that an event tells of; an action that changes further things
keeps those itself. What is not public is kept only where the office looks for it, and with marks
of its own (see `words`): a question of the public never meets it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from functools import cache

from django.apps import apps
from django.db import transaction
from django.db.models import Q

from miteinander.analysis.tokens import LONGEST_WORD, pieces, words
from miteinander.core.models import (
    SearchEntry,
    SearchWord,
    Thing,
    Translation,
    TranslationState,
)
from miteinander.core.search.words import INSIDE, VOICES, belongs, inside, stands_in, tokens
from miteinander.core.translation import source_hash

AT_ONCE = 500
"""Rows in one query, wherever many are written; the others take it from `core.bulk`."""


@cache
def kinds() -> dict[str, type[Thing]]:
    """The stage's model behind each kind of thing."""
    found = (m for m in apps.get_models() if issubclass(m, Thing) and m.KIND)
    return {model.KIND: model for model in found}


def _wanted() -> Q:
    """What has an entry, or had one."""
    office = [name for name, model in kinds().items() if model.FOUND_INSIDE]
    return Q(is_public=True) | Q(kind__in=office)


def keep(pks: Iterable[int]) -> None:
    """Bring the entries of some things in step with them: five queries and more a batch."""
    ordered = sorted(set(pks))
    for start in range(0, len(ordered), AT_ONCE):
        _keep(ordered[start : start + AT_ONCE])


def rebuild() -> int:
    """Write the whole index anew; how many things can be found now."""
    *_batches, found = [0, *rebuilding()]
    return found


def rebuilding() -> Iterator[int]:
    """Bring the whole index in step, batch by batch; says after each how many are in.

    A transaction a batch: people go on writing meanwhile, and nothing vanishes in between.
    """
    needed = _wanted() | Q(found_by__isnull=False)
    pks = list(Thing.objects.filter(needed).order_by("pk").values_list("pk", flat=True))
    seen: set[str] = set()
    found = 0
    for start in range(0, len(pks), AT_ONCE):
        batch = pks[start : start + AT_ONCE]
        with transaction.atomic():
            _keep(batch)
            entries = list(SearchEntry.objects.filter(pk__in=batch))
            held = {word for entry in entries for word in _of(entry)}
            _learn(held - seen, entries)
        seen |= held
        found += len(entries)
        yield found
    stale = set(SearchWord.objects.values_list("word", flat=True)) - seen
    _forget(stale)  # asks again: somebody may have written such a word meanwhile


def fill_when_empty() -> None:
    """After an upgrade from a version without search: write the index once."""
    if not SearchEntry.objects.exists() and Thing.objects.filter(_wanted()).exists():
        rebuild()


def waiting() -> int:
    """How many things :func:`rebuild` will look at."""
    return Thing.objects.filter(_wanted()).count()


def out_of_step() -> list[int]:
    """The things whose entry is not what it would be if it were written now (for tests)."""
    pks = Thing.objects.values_list("pk", flat=True)
    wanted = {entry.pk: entry.tokens for entry in _entries(list(pks))}
    stored = dict(SearchEntry.objects.values_list("pk", "tokens"))
    return sorted(pk for pk in {*wanted, *stored} if wanted.get(pk) != stored.get(pk))


# --- one batch -----------------------------------------------------------------------------


def _keep(pks: list[int]) -> None:
    stored = {entry.pk: entry for entry in SearchEntry.objects.filter(pk__in=pks)}
    wanted = {entry.pk: entry for entry in _entries(pks)}
    changed = [
        entry
        for pk, entry in wanted.items()
        if pk not in stored or _shown(stored[pk]) != _shown(entry)
    ]
    gone = [pk for pk in stored if pk not in wanted]
    if not changed and not gone:
        return
    before = {
        t for pk in (*gone, *(e.pk for e in changed)) if pk in stored for t in _of(stored[pk])
    }
    after = {t for entry in changed for t in _of(entry)}
    SearchEntry.objects.bulk_create(
        changed,
        update_conflicts=True,
        unique_fields=["thing"],
        update_fields=["texts", "tokens"],
        batch_size=AT_ONCE,
    )
    if gone:
        SearchEntry.objects.filter(pk__in=gone)._raw_delete("default")
    _learn(after - before, changed)
    _forget(before - after)


def _shown(entry: SearchEntry) -> tuple[str, list[list[str]]]:
    return entry.tokens, entry.texts


def _of(entry: SearchEntry) -> list[str]:
    """The words of an entry, without stems, titles and what it belongs to."""
    return [token for token in entry.tokens.split() if token.lstrip(INSIDE)[0] not in "=~"]


def _entries(pks: Sequence[int]) -> list[SearchEntry]:
    """What the entries of these things should be; a thing without one is not in the answer."""
    by_kind: dict[str, list[int]] = defaultdict(list)
    found_at_all = Thing.objects.filter(_wanted(), pk__in=pks).values_list("pk", "kind")
    for pk, kind in found_at_all:
        by_kind[kind].append(pk)
    translated = _approved([pk for found in by_kind.values() for pk in found])
    entries = []
    for kind, found in by_kind.items():
        model = kinds()[kind]
        columns = [name for name in (*model.TRANSLATABLE, *model.SEARCHED) if name != "title"]
        own = [name for name in columns if "__" not in name]
        further = _hanging(model, found, [name for name in columns if "__" in name])
        for thing in model._default_manager.filter(pk__in=found):
            said = [[thing.language, _text(getattr(thing, name))] for name in own]
            said += [[thing.language, former.get("title", "")] for former in thing.former_titles]
            said += [[thing.language, text] for text in further[thing.pk]]
            said += [
                [language, text]
                for name, language, text, digest in translated[thing.pk]
                if digest == source_hash(getattr(thing, name, ""))
            ]
            texts = [[language, text] for language, text in said if text]
            # A title that is no text of its own is the beginning of one: not worth more than that.
            title = thing.title if "title" in model.TRANSLATABLE else ""
            kept = tokens(title, ((a, b) for a, b in texts), language=thing.language)
            if kept and not thing.is_public:
                kept = " ".join(map(inside, kept.split()))
            if kept:
                homes = (getattr(thing, name) for name in model.FOUND_IN)
                place = stands_in(thing.municipality_id, voices=kind == VOICES)
                kept = " ".join([kept, place, *(belongs(home) for home in homes if home)])
                entries.append(SearchEntry(pk=thing.pk, texts=texts, tokens=kept))
    return entries


def _text(value: object) -> str:
    return " · ".join(map(str, value)) if isinstance(value, list) else str(value)


def _approved(pks: list[int]) -> dict[int, list[tuple[str, str, str, str]]]:
    found: dict[int, list[tuple[str, str, str, str]]] = defaultdict(list)
    approved = Translation.objects.filter(thing_id__in=pks, state=TranslationState.APPROVED)
    for row in approved.order_by("pk"):
        found[row.thing_id].append((row.field, row.language, row.text, row.source_hash))
    return found


def _hanging(model: type[Thing], pks: list[int], paths: list[str]) -> dict[int, list[str]]:
    """Texts of rows that belong to a thing, such as the points of an agenda: a query a path."""
    found: dict[int, list[str]] = defaultdict(list)
    for path in paths:
        rows = model._default_manager.filter(Q(pk__in=pks), **{f"{path}__isnull": False})
        first = f"{path.rpartition('__')[0]}__pk"
        for pk, text in rows.order_by("pk", first).values_list("pk", path):
            found[pk].append(text)
    return found


def _learn(new: set[str], entries: list[SearchEntry]) -> None:
    """Remember words that were never seen; sorted, so that two writers never wait crosswise."""
    new = {word for word in new if len(word) <= LONGEST_WORD and _is_telling(_bare(word))}
    known: set[str] = set()
    ordered = sorted(new)
    for start in range(0, len(ordered), AT_ONCE):
        some = ordered[start : start + AT_ONCE]
        known |= set(SearchWord.objects.filter(word__in=some).values_list("word", flat=True))
    if not (unknown := new - known):
        return
    spelt = _spellings(set(map(_bare, unknown)), entries)
    SearchWord.objects.bulk_create(
        [
            SearchWord(word=word, spelling=spelt.get(_bare(word), _bare(word)), tokens=_cut(word))
            for word in sorted(unknown)
        ],
        ignore_conflicts=True,
        batch_size=AT_ONCE,
    )


def _bare(word: str) -> str:
    return word.removeprefix(INSIDE)


def _is_telling(word: str) -> bool:
    return len(word) >= 3 and not word.isdigit()


def _cut(word: str) -> str:
    """The trigrams by which a word is found; with a mark where only the office finds it."""
    mark = "=" if word.startswith(INSIDE) else ""
    return " ".join(mark + piece for piece in pieces(_bare(word)))


def _spellings(wanted: set[str], entries: list[SearchEntry]) -> dict[str, str]:
    """How the words were written, capitals and all."""
    titles = Thing.objects.filter(pk__in=[entry.pk for entry in entries])
    written = [*titles.values_list("title", flat=True), *(t for e in entries for _l, t in e.texts)]
    found: dict[str, str] = {}
    for text in written:
        for word in text.split():
            bare = word.strip("„“”\"'»«()[]{}.,;:!?…–-")
            folds = list(words(bare))
            if len(folds) == 1 and folds[0][1] in wanted and len(bare) <= LONGEST_WORD:
                found.setdefault(folds[0][1], bare)
    return found


def _forget(words_gone: set[str]) -> None:
    """Let go of words that no entry holds any more: what was taken back leaves nothing here."""
    for word in sorted(words_gone):
        if not SearchEntry.objects.filter(tokens__holds=[[[word]]]).exists():
            SearchWord.objects.filter(word=word)._raw_delete("default")
