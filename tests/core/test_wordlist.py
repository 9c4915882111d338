"""Target groups are words in a text, read as a list."""

from __future__ import annotations

import doctest

import pytest
from hypothesis import given
from hypothesis import strategies as st

from miteinander.core import wordlist

WORDS = st.text(alphabet="abcÄß (),;\n", max_size=40)


def test_the_examples_in_the_module_hold():
    assert doctest.testmod(wordlist).failed == 0


@pytest.mark.parametrize(
    ("written", "found"),
    [
        ("", ()),
        (" , ;; ", ()),
        ("Alle", ("Alle",)),
        (
            "Eltern,Kinder ;  Neu   Zugezogene\nVereine",
            ("Eltern", "Kinder", "Neu Zugezogene", "Vereine"),
        ),
        ("Eltern (Kita, Schule), Kinder", ("Eltern (Kita, Schule)", "Kinder")),
        ("Kinder, KINDER, kinder", ("Kinder",)),
        ("Straße, STRASSE", ("Straße",)),
    ],
)
def test_what_people_write_is_read_as_a_list(written, found):
    assert wordlist.words_in(written) == found


@given(WORDS)
def test_what_is_kept_reads_the_same_again(text):
    kept = wordlist.written(text)
    assert wordlist.written(kept) == kept
    assert wordlist.words_in(kept) == wordlist.words_in(text)


@given(st.lists(WORDS, max_size=5))
def test_every_group_offered_finds_something_and_no_two_are_one(texts):
    offered = wordlist.words_of(texts)
    assert all(any(wordlist.names(text, group) for text in texts) for group in offered)
    assert len({group.casefold() for group in offered}) == len(offered)
