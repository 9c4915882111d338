"""The reading edition: headings in order, languages marked, nothing that a policy forbids."""

from __future__ import annotations

import re
from html.parser import HTMLParser

import pytest
from django.utils import timezone

from miteinander.adoption import actions, queries
from miteinander.documents import html
from miteinander.documents.concept import document_of
from miteinander.documents.shapes import Document, Facts, Listing, Paragraph, Remark, Section, Table
from tests import factories as make

DEEP = Document(
    title="Konzept",
    language="de",
    blocks=(Paragraph("Eins\n\nZwei <b>"), Facts((("Wer", "Alle"),))),
    sections=(
        Section(
            "Sprache",
            number="1",
            mark="Beispiel",
            identifier="abc",
            blocks=(Paragraph("مرحبا", language="ar"), Table("Liste", ("A", "B"), (("1", "2"),))),
            sections=(Section("Ziel", sections=(Section("Maßnahme"),)),),
        ),
    ),
    closing=(Remark("Einwand", "Zu teuer"),),
)


class Outline(HTMLParser):
    def __init__(self, text):
        super().__init__()
        self.open, self.levels = [], []
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        if tag != "meta":
            self.open.append(tag)
        if re.fullmatch(r"h\d", tag):
            self.levels.append(int(tag[1]))

    def handle_endtag(self, tag):
        assert self.open.pop() == tag


def test_headings_follow_each_other_and_every_tag_is_closed():
    outline = Outline(html.render(DEEP))
    assert outline.levels == [1, 2, 3, 4]
    assert outline.open == []


def test_texts_are_escaped_and_foreign_ones_marked():
    page = html.render(DEEP)
    assert "<p>Zwei &lt;b&gt;</p>" in page
    assert '<p lang="ar" dir="rtl">مرحبا</p>' in page
    assert '<html lang="de" dir="ltr">' in page
    assert '<span class="tag">Beispiel</span>' in page


def test_there_is_no_inline_style_script_or_foreign_address():
    for forbidden in ("style=", "<style", "<script", "<link", "http:", "https:", " on"):
        assert forbidden not in html.body(DEEP)


def test_the_file_to_keep_brings_its_style_and_asks_nobody():
    page = html.render(DEEP)
    assert page.count("<style>") == 1
    for forbidden in ("style=", "<script", "<link", "http:", "https:", "@import", "url(", " on"):
        assert forbidden not in page.replace("break-inside", "")


@pytest.mark.django_db
def test_the_edition_holds_numbers_leads_objections_and_the_checksum():
    concept = make.ConceptFactory(process=make.PhaseFactory().process)
    make.ResolutionFactory(process=concept.process, resolution_kind="mandate")
    goal = make.GoalFactory(
        field=make.FieldOfActionFactory(concept=concept, number="1"), need="Es fehlt ein Ort."
    )
    lead = make.OrganisationFactory(municipality=concept.municipality, title="Volkshochschule")
    measure = make.MeasureFactory(
        goal=goal, state="submitted", lead=lead, cost_yearly=18_000, is_example=True
    )
    make.ObjectionFactory(measure=measure, reason="Ehrenamtliche bleiben allein.")
    by = make.coordinator(concept.municipality)
    version = actions.freeze_version(concept, by=by, at=timezone.now())
    page = html.render(document_of(queries.content_frozen_in(version), language="en"))
    for told in (
        f"1.1 {measure.title}",
        "Volkshochschule (nobody asked yet)",
        "€18,000 a year",
        "Es fehlt ein Ort.",
        "Ehrenamtliche bleiben allein.",
        "1 field of action, 1 goal, 1 measure.",
        version.checksum,
    ):
        assert told in re.sub(r"</?span[^>]*>", "", page)
    assert page.count('<span class="tag">Example</span>') == 1


def test_a_list_in_another_language_keeps_its_marks_on_its_own_side():
    listing = Listing(("eins", "zwei"), ordered=True, language="ar", starts_at=3)
    document = Document(title="x", language="de", blocks=(listing,))

    expected = '<ol start="3" lang="ar" dir="rtl"><li>eins</li><li>zwei</li></ol>'
    assert expected in html.body(document)
