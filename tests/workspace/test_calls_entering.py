"""Entering for others: paper, phone, cards of a wall, by several at once, and from a table."""

from __future__ import annotations

import datetime as dt
import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from miteinander.core.errors import Closed
from miteinander.core.models import Event
from miteinander.participation import actions, queries
from miteinander.participation.models import (
    CardRow,
    Contribution,
    ContributionPlace,
    PassageComment,
)
from miteinander.participation.readers import passages_in
from miteinander.participation.states import Channel
from tests import factories as f
from tests.core.books import book

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)
CODE = re.compile(r"<b>([0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4})</b>")


@pytest.fixture
def call(client, settings):
    settings.ALLOWED_HOSTS = [".example"]
    town = f.MunicipalityFactory()
    f.sign_in(client, town)
    process = f.ProcessFactory(municipality=town)
    return f.CallFactory(
        process=process, phase=f.PhaseFactory(process=process, permits=["contribute", "gather"])
    )


def desk(name, *args):
    return reverse(f"workspace:{name}", args=args)


def typed(**more):
    facts = {
        "text": "Im Norden fehlt ein Treffpunkt.",
        "channel": "paper",
        "may_publish": "on",
        "form_key": actions.fresh_form_key(at=timezone.now()),
    } | more
    return {k: v for k, v in facts.items() if v is not None}


def enter(client, call, **more):
    return client.post(desk("call_entry", call.identifier), typed(**more))


def test_what_came_on_paper_is_entered_marked_and_published_as_its_author_wanted(client, call):
    assert enter(client, call).status_code == 303
    assert enter(client, call, text="Nur fürs Amt.", may_publish=None).status_code == 303
    one, other = Contribution.objects.order_by("pk")
    assert (one.channel, one.state, one.is_public) == ("paper", "published", True)
    assert (other.channel, other.state, other.is_public) == ("paper", "internal", False)
    assert one.call == call
    assert "auf Papier" in client.get(one.get_absolute_url()).content.decode()


def test_the_next_one_begins_with_what_was_chosen(client, call):
    theme = f.ThemeFactory(process=call.process)
    response = enter(
        client, call, channel="card", wall="Wand 2", language="tr", theme=theme.identifier
    )
    form = client.get(response["Location"]).context["form"]
    assert {name: form[name].value() for name in ("channel", "wall", "language", "theme")} == {
        "channel": "card", "wall": "Wand 2", "language": "tr", "theme": theme.identifier,
    }  # fmt: skip
    assert form["may_publish"].value()
    assert not form["text"].value()
    made = Contribution.objects.get()
    assert (made.language, made.theme, made.card_row.wall) == ("tr", theme, "Wand 2")


def test_the_language_is_recognised_unless_it_is_said(client, call):
    enter(client, call, text="We need a place to meet in the north of the town, please.")
    assert Contribution.objects.get().language == "en"


def test_the_same_form_sent_twice_is_one_contribution(client, call):
    facts = typed(channel="card", wall="Wand 1")
    for _time in range(2):
        assert client.post(desk("call_entry", call.identifier), facts).status_code == 303
    assert Contribution.objects.count() == CardRow.objects.count() == 1


@pytest.mark.parametrize(
    ("channel", "is_told"), [("phone", True), ("paper", True), ("card", False)]
)
def test_whoever_phones_is_told_a_code_that_leads_to_the_contribution(
    client, call, channel, is_told
):
    response = enter(client, call, channel=channel)
    html = client.get(response["Location"]).content.decode()
    found = CODE.search(html)
    assert bool(found) == is_told
    if found:
        town = call.municipality
        assert queries.contribution_with_receipt(town, found.group(1)) is not None
        visitor = Client(HTTP_HOST=town.host)
        receipt = visitor.get(reverse("public:receipt", args=[found.group(1)]))
        assert "Im Norden fehlt ein Treffpunkt." in receipt.content.decode()
    again = client.get(response["Location"]).content.decode()
    assert not CODE.search(again), "shown once"


@pytest.mark.parametrize(
    ("field", "more"),
    [
        ("text", {"text": "  "}),
        ("text", {"text": "x" * 5001}),
        ("channel", {"channel": "online"}),
        ("happened_on", {"happened_on": "2001-01-01"}),
    ],
)
def test_a_refusal_names_the_field_and_keeps_what_was_typed(client, call, field, more):
    response = enter(client, call, wall="Wand 7", **more)
    assert response.status_code == 422
    assert field in response.context["form"].errors
    assert "Wand 7" in response.content.decode()
    assert not Contribution.objects.exists()


def test_colleagues_entries_appear_below(client, call):
    enter(client, call, channel="card", text="Eine Bank am Fluss.")
    other = Client()
    f.sign_in(other, call.municipality)
    assert "Eine Bank am Fluss." in other.get(desk("call_entry", call.identifier)).content.decode()
    part = other.get(
        desk("call_entry", call.identifier) + "?part=entered&channel=card",
        headers={"HX-Request": "true"},
    ).content.decode()
    assert "Eine Bank am Fluss." in part
    assert "<html" not in part
    assert 'value="channel=card"' in part, "undoing leads back to what was chosen"


def test_an_entry_is_undone_with_its_words(client, call):
    enter(client, call, channel="card", wall="Wand 1", text="Falsch abgeschrieben.")
    entry = Contribution.objects.get()
    address = desk("call_entry_undo", call.identifier)
    for _time in range(2):
        client.post(address, {"entry": entry.identifier, "back": "channel=card&next=//evil"})
    entry = entry.refreshed()
    assert (entry.state, entry.text) == ("withdrawn", "")
    assert not CardRow.objects.exists()
    assert queries.figures(call).counted == 0
    assert Event.objects.filter(kind="contribution.entry_undone").count() == 1
    assert "Falsch" not in client.get(desk("call_entry", call.identifier)).content.decode()


def test_what_somebody_sent_themselves_is_not_undone(client, call):
    sent, _code = actions.submit_contribution(
        call, text="Selbst geschickt.", may_publish=True, form_key="eins",
        by=f.visitor(call.municipality), at=timezone.now(),
    )  # fmt: skip
    address = desk("call_entry_undo", call.identifier)
    assert client.post(address, {"entry": sent.identifier}).status_code == 404
    with pytest.raises(Closed):
        actions.undo_entry(sent, by=f.coordinator(call.municipality), at=timezone.now())
    assert sent.refreshed().text


def test_an_old_or_answered_entry_is_not_undone(call):
    office = {"by": f.coordinator(call.municipality), "at": timezone.now()}
    entry, _code = actions.enter_on_behalf(
        call, text="Alt.", channel=Channel.PAPER, form_key="a", **office
    )
    with pytest.raises(Closed):
        actions.undo_entry(entry, by=office["by"], at=timezone.now() + 2 * DAY)
    actions.answer_contribution(
        entry, outcome="partly", reason="Ja, teils.", language="de", **office
    )
    with pytest.raises(Closed):
        actions.undo_entry(entry, **office)


# --- before, during, after ------------------------------------------------------------------------


def moved(call, opens, closes, due):
    now = timezone.now()
    call.opens_at, call.closes_at = now + opens * DAY, now + closes * DAY
    call.answer_by = timezone.localdate() + due * DAY
    call.save()
    return call


def test_before_it_opens_nothing_is_entered(client, call):
    moved(call, 1, 2, 5)
    response = enter(client, call)
    assert response.status_code == 422
    assert not Contribution.objects.exists()


def test_after_it_closed_paper_that_came_in_time_is_entered_with_its_day(client, call):
    moved(call, -5, -2, 5)
    late = enter(client, call)
    assert late.status_code == 422
    assert "happened_on" in late.context["form"].errors
    too_late = enter(client, call, happened_on=f"{timezone.localdate():%Y-%m-%d}")
    assert "happened_on" in too_late.context["form"].errors
    in_time = timezone.localdate() - 3 * DAY
    assert enter(client, call, happened_on=f"{in_time:%Y-%m-%d}").status_code == 303
    assert Contribution.objects.get().happened_on == in_time
    assert "kann bis" in client.get(desk("call_entry", call.identifier)).content.decode()


def test_after_the_answers_are_due_nothing_is_entered_any_more(client, call):
    moved(call, -9, -5, -1)
    response = enter(client, call, happened_on=f"{timezone.localdate() - 6 * DAY:%Y-%m-%d}")
    assert response.status_code == 422
    assert not Contribution.objects.exists()


# --- from a table ---------------------------------------------------------------------------------

ROWS = [
    ["Nr.", "Beitrag", "Öffentlich", "Sprache", "Wand"],
    ["1", "Mehr Bänke am Fluss", "ja", "Deutsch", "Wand A"],
    ["2", "-2+3 Stühle", "nein", "", "Wand A"],
    ["", "Ein Treff für Mütter", "", "", "Wand B"],
    ["", "", "", "", ""],
    ["x", "Ohne Nummer", "ja", "", ""],
    ["4", "Auf Klingonisch", "ja", "Klingonisch", ""],
]


def sent(client, call, data, name="karten.xlsx", **more):
    file = SimpleUploadedFile(name, data)
    return client.post(desk("call_cards_read", call.identifier), {"file": file, **more})


def confirmed(client, call, shown):
    kept = shown.context["kept"]
    return client.post(desk("call_cards_read", call.identifier), {"kept": kept})


def test_a_table_is_shown_first_then_entered_and_never_twice(client, call):
    data = book(*ROWS)
    shown = sent(client, call, data)
    html = shown.content.decode()
    assert shown.status_code == 200
    assert not Contribution.objects.exists(), "nothing is written before the button"
    assert "A6" in html
    assert "D7" in html
    for _time in range(2):
        assert confirmed(client, call, shown).status_code == 303
    found = Contribution.objects.order_by("pk")
    assert [(c.text, c.state, c.card_row.wall) for c in found] == [
        ("Mehr Bänke am Fluss", "published", "Wand A"),
        ("-2+3 Stühle", "internal", "Wand A"),
        ("Ein Treff für Mütter", "internal", "Wand B"),
    ]
    again = sent(client, call, data)
    assert again.context["counts"]["same"] == 3
    confirmed(client, call, again)
    assert Contribution.objects.count() == 3


def test_an_undone_card_can_be_read_in_again(client, call):
    data = b"Text\nEine Bank\n"
    confirmed(client, call, sent(client, call, data, "k.csv"))
    actions.undo_entry(
        Contribution.objects.get(), by=f.coordinator(call.municipality), at=timezone.now()
    )
    again = sent(client, call, data, "k.csv")
    assert again.context["counts"]["new"] == 1


def test_columns_that_are_called_otherwise_are_named(client, call):
    data = "Was steht da;Darf raus\nMehr Bänke;ja\n".encode()
    unknown = sent(client, call, data, "karten.csv")
    assert unknown.status_code == 422
    assert "Was steht da, Darf raus" in unknown.content.decode()
    shown = sent(client, call, data, "karten.csv", named="Was steht da=text, B=publish")
    assert confirmed(client, call, shown).status_code == 303
    made = Contribution.objects.get()
    assert (made.text, made.state) == ("Mehr Bänke", "published")


def test_a_column_is_named_in_the_words_of_the_town(client, call):
    data = "Was steht da;Darf raus\nMehr Bänke;nein\n".encode()
    shown = sent(client, call, data, "k.csv", named="A = Text, Darf raus=Einwilligung")
    assert not shown.context["unread"]
    confirmed(client, call, shown)
    assert Contribution.objects.get().state == "internal"


def test_a_column_that_was_not_understood_is_named_before_anything_is_entered(client, call):
    """A consent in it would not be seen."""
    data = "Text;Andere sollen das sehen\nMehr Bänke;nein\n".encode()
    shown = sent(client, call, data, "k.csv", may_publish="on")
    assert shown.context["unread"] == ["Andere sollen das sehen"]
    assert "Spalten, die nicht gelesen wurden" in shown.content.decode()


def test_an_empty_table_has_nothing_to_press(client, call):
    empty = sent(client, call, b"Nr.;Text\n", "k.csv").content.decode()
    assert "So eintragen" not in empty
    assert "So eintragen" in sent(client, call, b"Nr.;Text\n1;A\n", "k.csv").content.decode()


def test_a_field_that_there_is_not_is_refused_with_those_that_are(client, call):
    response = sent(client, call, b"Text\nA\n", "k.csv", named="B=farbe")
    assert response.status_code == 422
    assert "Wand oder Gruppe" in str(response.context["form"].errors["named"])


def test_a_forged_preview_or_that_of_another_call_enters_nothing(client, call):
    other = f.CallFactory(process=call.process, phase=call.phase)
    shown = sent(client, call, b"Text\nEine Bank\n", "k.csv")
    assert confirmed(client, other, shown).status_code == 422
    address = desk("call_cards_read", call.identifier)
    assert client.post(address, {"kept": "erfunden"}).status_code == 422
    assert not Contribution.objects.exists()


# --- remarks on a draft that came on paper --------------------------------------------------------


@pytest.fixture
def draft(call):
    call.method = "review"
    call.save()
    parts = passages_in("Wir reden.\n\nWir hören.")
    by = f.coordinator(call.municipality)
    return actions.lay_out_draft(call, parts, by=by, at=timezone.now())


def test_a_remark_on_paper_stands_beside_its_passage(client, draft):
    assert enter(client, draft, passage="2", text="Wem?").status_code == 303
    said = queries.passages_of(draft)[1].comments.get()
    assert (said.contribution.text, said.contribution.channel) == ("Wem?", "paper")
    assert "Absatz 2" in client.get(desk("call_entry", draft.identifier)).content.decode()
    page = reverse("public:passage", args=[draft.identifier, 2])
    assert "Wem?" in client.get(page).content.decode()


def test_without_a_number_it_is_about_the_whole_draft(client, draft):
    assert enter(client, draft, text="Gut so.").status_code == 303
    assert not PassageComment.objects.exists()


@pytest.mark.parametrize(
    ("number", "says"),
    [("3", "Absätze 1 bis 2"), ("0", "größer oder gleich"), ("zwei", "ganze Zahl")],
)
def test_a_passage_that_is_not_there_is_refused_and_the_words_are_kept(client, draft, number, says):
    answer = enter(client, draft, passage=number, text="Wozu das?")
    assert answer.status_code == 422
    page = answer.content.decode()
    assert says in page
    assert "Wozu das?" in page
    assert not Contribution.objects.exists()


def test_the_same_words_on_two_passages_are_two_remarks(client, draft):
    key = actions.fresh_form_key(at=timezone.now())
    for number in ("1", "2", "2"):
        enter(client, draft, passage=number, text="Zu vage.", form_key=key)
    assert [len(row.comments.all()) for row in queries.passages_of(draft)] == [1, 1]


def test_the_code_that_is_read_out_leads_to_the_remark(client, draft):
    response = enter(client, draft, passage="2", channel="phone", text="Wem?")
    code = CODE.search(client.get(response["Location"]).content.decode())[1]
    assert "Wir hören." in client.get(reverse("public:receipt", args=[code])).content.decode()


def test_undone_the_remark_does_not_hold_the_draft(client, draft):
    enter(client, draft, passage="1", text="Ein Irrtum.")
    entry = Contribution.objects.get()
    client.post(desk("call_entry_undo", draft.identifier), {"entry": entry.identifier})
    assert not queries.has_comments(draft)


# --- where it is about ----------------------------------------------------------------------------


def test_where_it_is_about_is_entered_where_the_call_takes_places(client, call):
    call.allows = ["place"]
    call.save()
    f.OrganisationFactory(municipality=call.municipality, neighbourhood="Nord")
    key = actions.fresh_form_key(at=timezone.now())
    where = {"neighbourhood": "Nord", "place_words": "bei der Haltestelle", "form_key": key}
    for _twice in range(2):
        assert enter(client, call, **where).status_code == 303
    found = Contribution.objects.get()
    assert str(found.place) == "Nord, bei der Haltestelle"
    assert enter(client, call, **where | {"place_words": "am Tor"}).status_code == 303
    assert Contribution.objects.count() == 2, "elsewhere it is another one"
    assert "bei der Haltestelle" in client.get(found.get_absolute_url()).content.decode()
    refused = enter(client, call, **where | {"neighbourhood": "Atlantis"})
    assert refused.status_code == 422
    assert "bei der Haltestelle" in refused.content.decode()


@pytest.mark.parametrize("allows", [[], ["place"]])
def test_a_call_that_takes_no_place_or_is_protected_asks_for_none(client, call, allows):
    call.allows, call.is_protected = allows, True
    call.save()
    assert "place_words" not in client.get(desk("call_entry", call.identifier)).content.decode()
    enter(client, call, place_words="am Tor")
    assert not ContributionPlace.objects.exists()


def test_other_calls_ask_for_no_passage(client, call):
    assert 'name="passage"' not in client.get(desk("call_entry", call.identifier)).content.decode()


@pytest.mark.parametrize(("count"), [1, 3])
def test_the_page_costs_the_same_however_much_was_entered(
    client, call, count, django_assert_num_queries
):
    for number in range(count):
        enter(client, call, channel="card", text=f"Karte {number}.", wall="Wand")
    client.get(desk("call_entry", call.identifier))
    with django_assert_num_queries(QUERIES):
        client.get(desk("call_entry", call.identifier))


QUERIES = 8
