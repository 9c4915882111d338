"""The report stands alone, hides what is small, and says everything in words too."""

from __future__ import annotations

import re
from html.parser import HTMLParser

import numpy as np
import pytest

from miteinander.analysis.opinion.report import report
from miteinander.analysis.opinion.result import opinion_map
from miteinander.analysis.opinion.votes import from_arrays


def conversation(*, people=60, columns=20, seed=3, texts=None):
    """Two camps that differ on half of the statements and agree on the other half."""
    random = np.random.default_rng(seed)
    camp = np.arange(people) % 3 == 0
    leaning = np.where(np.arange(columns) < columns // 2, 1.0, np.nan)
    chance = np.where(np.isnan(leaning), 0.95, np.where(camp[:, None], 0.1, 0.9))
    agrees = random.random((people, columns)) < chance
    is_seen = random.random((people, columns)) < 0.8
    person, statement = np.nonzero(is_seen)
    value = np.where(agrees[person, statement], 1, -1)
    return from_arrays(person, statement, value, texts=texts or {})


class Outline(HTMLParser):
    def __init__(self):
        super().__init__()
        self.headings, self.fetched, self.open = [], [], []

    def handle_starttag(self, tag, attrs):
        if re.fullmatch("h[1-6]", tag):
            self.headings.append(int(tag[1]))
        self.fetched += [value for name, value in attrs if name in {"src", "href", "action"}]
        if tag not in {"meta", "path", "circle", "rect", "polygon"}:
            self.open.append(tag)

    def handle_endtag(self, tag):
        if self.open and self.open[-1] == tag:
            self.open.pop()


def outline(page):
    found = Outline()
    found.feed(page)
    return found


@pytest.mark.parametrize("language", ["de", "en"])
def test_the_report_is_complete_and_fetches_nothing(language):
    page = report(opinion_map(conversation(), splits=2), language=language)
    found = outline(page)

    assert found.open == []
    assert found.fetched == []
    assert "url(" not in page
    assert "<script" not in page
    assert f'<html lang="{language}">' in page
    assert found.headings[0] == 1
    assert all(b - a <= 1 for a, b in zip(found.headings, found.headings[1:], strict=False))
    assert re.search(
        r"<svg[^>]*role=\"img\"[^>]*aria-labelledby=\"map-title map-description\"", page
    )


def test_what_people_wrote_is_escaped():
    texts = {"0": '<script>alert("0")</script>', "1": "a & b"}
    page = report(opinion_map(conversation(texts=texts), splits=0))

    assert "<script" not in page
    assert "a &amp; b" in page


def test_a_small_group_is_neither_drawn_nor_counted():
    votes = conversation()
    given = {str(person): "wenige" if person < 3 else "viele" for person in range(60)}
    page = report(opinion_map(votes, given=given, splits=0))

    assert 'class="g0"' not in page or "viele" in page
    assert "zu wenige" in page
    assert not re.search(r"wenige</text>|wenige <b>", page)


def test_the_same_votes_give_the_same_bytes():
    assert report(opinion_map(conversation())) == report(opinion_map(conversation()))


def test_nobody_has_voted_and_the_report_says_so():
    nothing = np.array([], dtype=np.int32)
    page = report(opinion_map(from_arrays(nothing, nothing, nothing)))

    assert "Niemand hat abgestimmt" in page
    assert outline(page).open == []
