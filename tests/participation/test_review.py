"""Comments on a draft: it is cut into passages, and what is said about them stays beside them."""

from __future__ import annotations

import datetime as dt

import pytest
from django.utils import timezone

from miteinander.core.errors import Closed, Invalid
from miteinander.core.models import Event
from miteinander.participation import actions, queries
from miteinander.participation.models import Contribution, Passage, PassageComment
from miteinander.participation.readers import Part, draft_in, passages_in
from miteinander.participation.readers import drafts as reader
from miteinander.participation.states import CallMethod
from tests import factories as f

DAY = dt.timedelta(days=1)
pytestmark = pytest.mark.django_db

DRAFT = """# Leitbild

Wir **sprechen** miteinander.

- Kurse am Abend
- Kinderbetreuung
"""


def review_call(**more):
    return f.CallFactory(method=CallMethod.REVIEW, **more)


def office(call):
    return {"by": f.coordinator(call.municipality), "at": timezone.now()}


def laid_out(draft=DRAFT, **more):
    call = review_call(**more)
    return actions.lay_out_draft(call, passages_in(draft), **office(call))


def passage_of(call, number=2):
    return Passage.objects.select_related("call__phase").get(call=call, number=number)


def comment(passage, **more):
    facts = {
        "text": "Das ist zu allgemein, bitte nennen Sie Orte.",
        "may_publish": True,
        "form_key": "form-1",
        "by": f.visitor(passage.call.municipality),
        "at": timezone.now(),
    } | more
    return actions.comment_on_passage(passage, **facts)


# --- cutting ------------------------------------------------------------------------------------


def test_a_draft_is_cut_into_headings_paragraphs_and_points():
    assert passages_in(DRAFT) == [
        Part(1, "", "Leitbild"),
        Part(0, "", "Wir sprechen miteinander."),
        Part(0, "–", "Kurse am Abend"),
        Part(0, "–", "Kinderbetreuung"),
    ]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Eins.\nZwei.", ["Eins.", "Zwei."]),
        ("Eins\nund noch.\n\nZwei.", ["Eins und noch.", "Zwei."]),
        ("3. drei\n4. vier", ["drei", "vier"]),
        ("    Eingerückt.\n\nNicht.", ["Eingerückt.", "Nicht."]),
        ("<script>alert(1)</script>\n\nText", ["<script>alert(1)</script>", "Text"]),
        ("| a | b |\n|---|---|\n| 1 | 2 |\n\nText", ["a | b", "1 | 2", "Text"]),
        ("[Seite](https://x.example) und `Code`\n\nText", ["Seite und Code", "Text"]),
        ("nul\x00l und unsicht\u200bbar", ["null und unsichtbar"]),
    ],
)
def test_paragraphs_are_divided_as_people_write_them(text, found):
    assert [part.text for part in passages_in(text)] == found


def test_numbers_of_a_list_are_kept():
    assert [part.mark for part in passages_in("3. drei\n4. vier")] == ["3.", "4."]


def test_headings_are_ordered_whatever_level_they_began_with():
    text = "### A\n\nx\n\n###### B\n\ny\n\n# C\n\nz"

    assert [part.level for part in passages_in(text)] == [1, 0, 2, 0, 1, 0]


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "kein"),
        ("# Nur eine Überschrift", "keinen Absatz"),
        ("a" * (reader.MOST_LETTERS + 1), "300000"),
        ("x\n\n" * (reader.MOST_PASSAGES + 1), "601"),
        ("kurz\n\n" + "lang " * 1_001, "Absatz 2"),
    ],
)
def test_a_draft_nobody_could_quote_is_refused(text, says):
    with pytest.raises(Invalid) as refusal:
        passages_in(text)

    assert says in str(refusal.value.fields["text"])


@pytest.mark.parametrize("data", [b"PK\x03\x04zip", b"%PDF-1.7", b"\xd0\xcf\x11\xe0doc"])
def test_a_file_that_is_no_text_is_refused(data):
    with pytest.raises(Invalid) as refusal:
        draft_in(data)

    assert ".txt" in str(refusal.value.fields["file"])


def test_a_file_that_is_too_long_is_refused(monkeypatch):
    monkeypatch.setattr(reader, "MOST_BYTES", 10)
    with pytest.raises(Invalid) as refusal:
        draft_in(b"elf Zeichen")

    assert "zu groß" in str(refusal.value.fields["file"])


def test_a_text_file_is_read_in_whatever_encoding_it_was_saved():
    assert draft_in("Müller".encode("cp1252")) == draft_in("Müller".encode()) == "Müller"


# --- laying out ---------------------------------------------------------------------------------


def test_a_draft_is_laid_out_and_remembered_without_its_words():
    call = laid_out()

    assert queries.passages_of(call)[0].text == "Leitbild"
    event = Event.objects.get(kind="call.draft_laid_out")
    assert (event.data, event.is_public) == ({"passages": 4}, call.is_public)


def test_another_draft_replaces_the_first_as_long_as_nobody_has_commented():
    call = laid_out()
    actions.lay_out_draft(call, passages_in("Neu."), **office(call))

    assert [(p.number, p.text) for p in queries.passages_of(call)] == [(1, "Neu.")]


def test_the_same_draft_sent_twice_changes_nothing():
    call = laid_out()
    before = [p.pk for p in queries.passages_of(call)]
    comment(passage_of(call))
    actions.lay_out_draft(call, passages_in(DRAFT), **office(call))

    assert [p.pk for p in queries.passages_of(call)] == before
    assert Event.objects.filter(kind="call.draft_laid_out").count() == 1


def test_a_draft_with_comments_keeps_its_wording():
    call = laid_out()
    comment(passage_of(call))
    with pytest.raises(Closed, match="kommentiert"):
        actions.lay_out_draft(call, passages_in("Neu."), **office(call))

    assert len(queries.passages_of(call)) == 4


def test_a_call_for_ideas_has_no_draft():
    call = f.CallFactory()
    with pytest.raises(Closed, match="nicht nach Kommentaren"):
        actions.lay_out_draft(call, passages_in(DRAFT), **office(call))


# --- commenting ---------------------------------------------------------------------------------


def test_a_comment_is_a_contribution_that_knows_its_passage():
    passage = passage_of(laid_out())
    said, _code = comment(passage, quote="wir  SPRECHEN", proposal="Wir reden miteinander.")
    row = PassageComment.objects.get(contribution=said)

    assert said.state == "submitted"
    assert (row.passage, row.quote) == (passage, "Wir sprechen")
    assert row.proposal == "Wir reden miteinander."


def test_another_wording_alone_is_enough():
    said, _code = comment(passage_of(laid_out()), text="", proposal="Wir reden miteinander.")

    assert said.text == "Wir reden miteinander."
    assert said.passage_comment.is_only_a_proposal


def test_the_present_wording_is_no_proposal():
    passage = passage_of(laid_out())
    said, _code = comment(passage, proposal=f"  {passage.text}\n")

    assert said.passage_comment.proposal == ""


def test_saying_nothing_is_refused():
    passage = passage_of(laid_out())
    with pytest.raises(Invalid) as refusal:
        comment(passage, text=" ", proposal=passage.text)

    assert "schlagen Sie einen anderen Wortlaut vor" in str(refusal.value.fields["text"])
    assert not Contribution.objects.exists()


@pytest.mark.parametrize("typed", ["„Wir sprechen“", "sprechen", "WIR SPRECHEN MITEINANDER."])
def test_quoted_words_are_found_as_people_type_them(typed):
    said, _code = comment(passage_of(laid_out()), quote=typed)

    assert said.passage_comment.quote in "Wir sprechen miteinander."


def test_words_with_sharp_s_can_be_quoted():
    said, _code = comment(passage_of(laid_out("Die große Straße."), 1), quote="große straße")

    assert said.passage_comment.quote == "große straße"


def test_words_that_do_not_stand_there_are_refused():
    passage = passage_of(laid_out())
    with pytest.raises(Invalid) as refusal:
        comment(passage, quote="Wir schweigen")

    assert "stehen nicht in dem Absatz" in str(refusal.value.fields["quote"])


def test_the_same_form_sent_twice_is_one_comment():
    passage = passage_of(laid_out())
    first, code = comment(passage, proposal="Wir reden.")
    second, again = comment(passage, proposal="Wir reden.")

    assert (first, code) == (second, again)
    assert PassageComment.objects.count() == 1


@pytest.mark.parametrize(
    "change", [{"proposal": "Wir singen."}, {"quote": "Wir"}, {"text": "Etwas anderes."}]
)
def test_a_changed_form_is_another_comment(change):
    passage = passage_of(laid_out())
    comment(passage, proposal="Wir reden.")
    comment(passage, **({"proposal": "Wir reden."} | change))

    assert PassageComment.objects.count() == 2


@pytest.mark.parametrize(("opens", "says"), [(1, "noch nicht"), (-9, "ist beendet")])
def test_a_call_that_is_not_open_takes_no_comment(opens, says):
    call = laid_out()
    at = timezone.now()
    call.opens_at, call.closes_at = at + opens * DAY, at + (opens + 3) * DAY
    call.save()
    with pytest.raises(Closed, match=says):
        comment(passage_of(call))

    assert not PassageComment.objects.exists()


def test_a_draft_that_changed_while_somebody_wrote_is_said():
    call = laid_out()
    passage = passage_of(call)
    actions.lay_out_draft(call, passages_in("Neu."), **office(call))
    with pytest.raises(Closed, match="geändert, während"):
        comment(passage)

    assert not Contribution.objects.exists()


def test_taking_a_comment_back_erases_the_quote_and_the_proposal():
    said, _code = comment(passage_of(laid_out()), quote="Wir", proposal="Wir reden.")
    actions.withdraw_contribution(said, by=f.visitor(said.municipality), at=timezone.now())
    row = PassageComment.objects.get()

    assert (row.quote, row.proposal, row.contribution.text) == ("", "", "")


# --- reading ------------------------------------------------------------------------------------


def published(passage, **more):
    said, _code = comment(passage, **more)
    return actions.publish_contribution(said, **office(passage.call))


def test_only_published_comments_are_counted_and_shown():
    call = laid_out()
    passage = passage_of(call)
    one = published(passage)
    comment(passage, text="Noch nicht gelesen.")
    actions.keep_internal(comment(passage, text="Nur fürs Amt.")[0], **office(call))
    rows = queries.commented(queries.passages_of(call), call)

    assert [row.comments for row in rows] == [0, 1, 0, 0]
    assert list(queries.comments_at(passage).rows) == [one]


def test_the_synopsis_has_what_is_worked_with_in_the_order_of_the_draft():
    call = laid_out()
    published(passage_of(call, 3), text="Zum dritten.")
    kept = comment(passage_of(call, 2), text="", proposal="Wir reden.", may_publish=False)[0]
    actions.keep_internal(kept, **office(call))
    comment(passage_of(call, 1), text="Noch nicht gelesen.")
    actions.answer_contribution(
        kept.refreshed(), outcome="taken_up", reason="So machen wir es.", **office(call)
    )
    lines = queries.synopsis_of(queries.synopsis_rows(call))

    assert [(x.number, x.comment, x.proposal) for x in lines] == [
        (2, "", "Wir reden."),
        (3, "Zum dritten.", ""),
    ]
    assert (lines[0].outcome, lines[0].answer) == ("aufgenommen", "So machen wir es.")
    assert [x.is_public for x in lines] == [False, True]
