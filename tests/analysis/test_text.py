"""Two languages, and numbers as their readers write them."""

from __future__ import annotations

import pytest

from miteinander.analysis.text import Text, counted, listing, number, percent

PEOPLE = Text("Personen", "people")


@pytest.mark.parametrize(
    ("value", "digits", "german", "english"),
    [
        (1234.5, 1, "1.234,5", "1,234.5"),
        (-3, 0, "−3", "−3"),
        (-0.001, 1, "0,0", "0.0"),
        (0, 0, "0", "0"),
    ],
)
def test_numbers_as_their_readers_write_them(value, digits, german, english):
    assert number(value, "de", digits=digits) == german
    assert number(value, "en", digits=digits) == english


def test_percent_has_its_space_in_german_only():
    assert percent(0.714, "de") == "71\u00a0%"
    assert percent(0.714, "en") == "71%"


def test_a_gap_takes_the_language_of_its_sentence():
    said = Text("Es gibt {what}.", "There are {what}.").filled(what=PEOPLE)

    assert said == ("Es gibt Personen.", "There are people.")


def test_listing_and_counting():
    assert listing(["a", "b", "c"], "de") == "a, b und c"
    assert listing(["a"], "en") == "a"
    assert counted(1, Text("Person", "person"), PEOPLE, "de") == "1 Person"
    assert counted(1200, Text("Person", "person"), PEOPLE, "en") == "1,200 people"
