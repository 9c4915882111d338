"""Whatever people write and type: a database finds what plain Python finds, in the same order.

The same properties hold on both databases, so both find the same.
"""

from __future__ import annotations

import pytest
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from miteinander.core.models import SearchEntry, SearchWord, Thing
from miteinander.core.search import keep
from miteinander.core.search.find import ORDER, _conditions, _needle, read, search
from miteinander.core.search.matching import first_keys, some_keys
from miteinander.core.search.words import VOICES, belongs, inside
from tests import factories as make

pytestmark = pytest.mark.django_db

STEMS = [
    "Sprach", "Kurs", "Kurse", "Abend", "Straße", "Raum", "Räume", "Bänke", "Platz", "Kita",
    "Jugend", "Amt", "Schule", "Deutsch", "курси", "лавки", "دَوْرة", "مقاعد", "ışık", "okul",
    "教室", "l'été", "naïve", "Łódź", "2030", "Kita-Platz", "=Kurs", "~Abend", "^Amt", "$12",
]  # fmt: skip
letters = st.text(st.characters(blacklist_categories=["Cs"], blacklist_characters="\x00"))
words = st.one_of(
    st.sampled_from(STEMS[:4]),  # so that several have the same
    st.sampled_from(STEMS),
    st.lists(st.sampled_from(STEMS), min_size=2, max_size=3).map(lambda w: "".join(w).lower()),
    letters.filter(lambda w: len(w) < 12),
)
texts = st.lists(words, min_size=1, max_size=8).map(" ".join)


@st.composite
def typed(draw):
    """One or two words as people type them: whole, in part, or with a letter gone wrong."""
    said = []
    for word in draw(st.lists(words, min_size=1, max_size=2)):
        at = draw(st.integers(0, max(len(word) - 1, 0)))
        said.append(
            draw(
                st.sampled_from(
                    [word, word.upper(), word[: at + 1], word[:at] + word[at + 1 :],
                     word[:at] + word[at + 1 : at + 2] + word[at : at + 1] + word[at + 2 :]]
                )
            )
        )  # fmt: skip
    return " ".join(said)


def holds(tokens, wanted):
    there = set(tokens.split())
    return all(any(there.issuperset(way) for way in ways) for ways in wanted)


def said_in(process, voices, *, is_public):
    for text in voices:
        make.ContributionFactory(process=process, title=text[:80], text=text, is_public=is_public)
    keys = Thing.objects.filter(municipality=process.municipality, kind="contribution")
    keep.keep(list(keys.values_list("pk", flat=True)))


often = settings(
    max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


@often
@given(voices=st.lists(texts, min_size=1, max_size=5), asked=typed())
def test_what_a_database_looks_up_is_what_is_there(db, voices, asked):
    process = make.ProcessFactory()
    said_in(process, voices, is_public=False)
    query = read(asked, with_inside=True)
    for term, ways in zip(query.terms, query.ways, strict=True):
        conditions = _conditions(term, _needle(term, ways[1:])) if len(term) >= 3 else []
        conditions += [[f"={piece}" for piece in way] for way in conditions]
        if conditions:
            found = SearchWord.objects.filter(tokens__holds=[conditions])
            assert set(found) == {
                w for w in SearchWord.objects.all() if holds(w.tokens, [conditions])
            }
    wanted = [
        *([[token] for way in (*exact, *wider) for token in (way, inside(way))]
          for exact, wider in zip(query.ways, query.wider, strict=True)),
        [[belongs(process.pk)]],
    ]  # fmt: skip
    there = [e.pk for e in SearchEntry.objects.order_by("-pk") if holds(e.tokens, wanted)]
    assert first_keys(wanted, most=100) == there
    assert first_keys(wanted, most=2) == there[:2]
    assert first_keys(wanted, above=0, most=100) == there[::-1]
    assert sorted(some_keys([wanted], most=100)[0]) == there[::-1]


@often
@given(voices=st.lists(texts, min_size=1, max_size=5), asked=typed(), retired=st.integers(0, 5))
def test_what_is_found_stands_in_the_order_that_plain_rules_give(db, voices, asked, retired):
    process = make.ProcessFactory()
    said_in(process, voices, is_public=True)
    for text in voices:
        keep.keep([make.ThemeFactory(process=process, title=text[:80], text=voices[0]).pk])
    ended = Thing.objects.filter(municipality=process.municipality, kind="theme")[retired:]
    Thing.objects.filter(pk__in=list(ended.values_list("pk", flat=True))).update(
        retired_on=timezone.localdate()
    )
    query = read(asked)
    wanted = [
        [[token] for token in (*exact, *wider)]
        for exact, wider in zip(query.ways, query.wider, strict=True)
    ]
    exact = [[[token] for token in ways] for ways in query.ways]
    title = [[[f"={token}"] for token in ways] for ways in query.ways]

    def rank(entry):
        thing = entry.thing
        near = 0 if holds(entry.tokens, title) else 1 if holds(entry.tokens, exact) else 2
        day = thing.happened_on.toordinal() if thing.happened_on else 0
        if thing.kind == VOICES:
            return (near, False, len(ORDER), 0, -thing.pk)  # as they came
        kind = ORDER.index(thing.kind) if thing.kind in ORDER else len(ORDER)
        return (near, thing.retired_on is not None, kind, -day, -thing.pk)

    here = SearchEntry.objects.filter(thing__municipality=process.municipality)
    there = [e for e in here.select_related("thing") if wanted and holds(e.tokens, wanted)]
    hits = [hit.thing.pk for hit in search(process.municipality, asked).hits if not hit.is_direct]
    assert hits == [entry.pk for entry in sorted(there, key=rank)][:20]
