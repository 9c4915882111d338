"""Answering at the desk: text blocks, many at once, preview, supplements."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from miteinander.core.standing import Role
from miteinander.participation import actions, queries
from miteinander.participation.models import Answer, AnswerSupplement, TextBlock
from tests import factories as f

pytestmark = pytest.mark.django_db
NO = {"outcome": "not_taken_up", "reason": "Dafür fehlt das Geld."}


@pytest.fixture
def town(client, settings):
    settings.ALLOWED_HOSTS = [".example"]
    town = f.MunicipalityFactory()
    f.sign_in(client, town)
    return town


@pytest.fixture
def process(town):
    process = f.ProcessFactory(municipality=town)
    f.PhaseFactory(process=process, permits=["contribute", "gather"])
    return process


def desk(name, *args):
    return reverse(f"workspace:{name}", args=args)


def office(thing):
    return {"by": f.coordinator(thing.municipality), "at": timezone.now()}


def accepted(process, count=1):
    return [
        actions.record_contribution(
            process, text=f"{n}. Stimme: mehr Bänke.", channel="card", **office(process)
        )
        for n in range(count)
    ]


def in_theme(process, rows):
    theme = actions.name_theme(process, title="Bänke", **office(process))
    actions.gather(rows, theme, **office(process))
    return theme


def many(process, rows):
    return (
        desk("answer_many", process.identifier)
        + "?"
        + "&".join(f"c={row.identifier}" for row in rows)
    )


def test_what_waits_to_be_read_keeps_the_page_from_saying_that_all_is_done(client, process):
    call = f.CallFactory(process=process, phase=process.phases.get())
    here = desk("answers", process.identifier)
    assert "Die Phase kann abgeschlossen werden." in client.get(here).content.decode()
    actions.submit_contribution(
        call, text="Mehr Bänke.", may_publish=True, form_key="x",
        by=f.visitor(call.municipality), at=timezone.now(),
    )  # fmt: skip
    page = client.get(here).content.decode()
    assert "1 Beitrag ist noch zu lesen" in page
    assert "Die Phase kann abgeschlossen werden." not in page
    assert "Vor dem Abschluss der Phase ist zu lesen, was noch wartet." in page


def on_page(rows):
    return {"on_page": [row.identifier for row in rows]}


def reasons():
    return list(Answer.objects.order_by("contribution").values_list("reason", flat=True))


# --- text blocks ---------------------------------------------------------------------------------


def test_examples_are_offered_only_while_there_is_no_block(client, town):
    page = client.get(desk("text_blocks")).content.decode()
    title = actions.starting_blocks()[0][0]
    assert title in page
    assert client.post(desk("text_block_examples")).status_code == 303
    assert TextBlock.objects.filter(municipality=town).count() == len(actions.starting_blocks())
    assert desk("text_block_examples") not in client.get(desk("text_blocks")).content.decode()


def test_a_block_is_written_changed_and_given_up(client, town):
    data = {"title": "Kein Geld", "text": "Das Geld fehlt.", "outcome": "", "language": "de"}
    assert client.post(desk("text_block_new"), data).status_code == 303
    block = TextBlock.objects.get()
    again = client.post(desk("text_block_new"), {**data, "text": "Andere Worte."})
    assert again.status_code == 422
    assert "Andere Worte." in again.content.decode()
    edit = desk("text_block_edit", block.pk)
    assert client.post(edit, {**data, "text": "Neu."}).status_code == 303
    assert TextBlock.objects.get().text == "Neu."
    assert client.post(desk("text_block_retire", block.pk)).status_code == 303
    assert client.get(edit).status_code == 404


def test_a_block_of_another_town_is_not_there(client, town):
    foreign = actions.write_text_block(f.MunicipalityFactory(), title="Fremd", text="Fremd.")
    for name in ("text_block_edit", "text_block_retire"):
        assert client.post(desk(name, foreign.pk)).status_code == 404
    assert foreign.retired_on is None


def test_inserting_a_block_loses_nothing_and_sends_nothing(client, process):
    [one] = accepted(process)
    in_theme(process, [one])
    block = actions.write_text_block(
        process.municipality, title="Nein", text="Zu [Thema] leider nein.", outcome="not_taken_up"
    )
    data = {"block": block.pk, "reason": "Mein Anfang.", "preview": "insert"}
    response = client.post(desk("answer", one.identifier), data)
    page = response.content.decode()
    assert response.status_code == 200
    assert "Mein Anfang.\n\nZu Bänke leider nein.</textarea>" in page
    assert response.context["form"]["outcome"].value() == "not_taken_up"
    assert not Answer.objects.exists()


def test_a_block_never_overrules_a_chosen_outcome(client, process):
    [one] = accepted(process)
    block = actions.write_text_block(
        process.municipality, title="Nein", text="Nein.", outcome="not_taken_up"
    )
    response = client.post(
        desk("answer", one.identifier),
        {"block": block.pk, "outcome": "partly", "reason": "", "preview": "insert"},
    )
    assert response.context["form"]["outcome"].value() == "partly"
    assert response.context["form"]["reason"].value() == "Nein."


# --- many at once --------------------------------------------------------------------------------


def test_ticked_ones_are_answered_together_with_a_sentence_for_one(client, process):
    one, two, other = accepted(process, 3)
    data = {**NO, **on_page([one, two]), f"addition-{two.identifier}": "Danke für die Skizze."}
    assert client.post(many(process, [one, two]), data).status_code == 303
    assert client.post(many(process, [one, two]), data).status_code == 303  # twice is once
    assert reasons() == [NO["reason"], f"{NO['reason']}\n\nDanke für die Skizze."]
    assert not other.refreshed().is_answered


def test_the_preview_shows_what_each_reads_and_sends_nothing(client, process):
    one, two = accepted(process, 2)
    data = {**NO, **on_page([one, two]), f"addition-{two.identifier}": "Nur für Sie."}
    page = client.post(many(process, [one, two]), {**data, "preview": "show"})
    assert page.status_code == 200
    assert page.context["preview"]["reason"] == NO["reason"]
    assert page.content.decode().count("Nur für Sie.") == 2  # in the preview and in its field
    assert not Answer.objects.exists()


def test_who_was_answered_meanwhile_is_shown_and_everything_typed_is_kept(client, process):
    one, two = accepted(process, 2)
    actions.answer_contribution(two, outcome="taken_up", reason="Kommt 2027.", **office(process))
    data = {
        **NO,
        **on_page([one, two]),
        f"addition-{one.identifier}": "Satz für eins.",
        f"addition-{two.identifier}": "Satz für zwei.",
    }
    response = client.post(many(process, [one, two]), data)
    page = response.content.decode()
    assert response.status_code in {409, 422}
    for words in (two.title, "Kommt 2027.", NO["reason"], "Satz für eins.", "Satz für zwei."):
        assert words in page
    assert reasons() == ["Kommt 2027."]
    # Sent again from the page as it is now, it goes to those who still wait.
    assert client.post(many(process, [one, two]), {**data, **on_page([one])}).status_code == 303
    assert len(reasons()) == 2


def test_a_theme_is_answered_page_by_page_or_all_at_once(client, process):
    rows = accepted(process, 25)
    theme = in_theme(process, rows)
    address = desk("theme_answer", theme.identifier)
    listed = [row["contribution"] for row in client.get(address).context["rows"]]
    assert len(listed) == 20
    response = client.post(address, {**NO, **on_page(listed), "to": "shown"})
    assert response.status_code == 303
    assert queries.figures(theme).unanswered == 5
    assert client.post(address, {**NO, "to": "all"}).status_code == 303
    assert queries.figures(theme).unanswered == 0


def test_where_nobody_waits_the_page_says_so_and_offers_no_form(client, process):
    theme = in_theme(process, accepted(process))
    address = desk("theme_answer", theme.identifier)
    assert 'name="reason"' in client.get(address).content.decode()
    client.post(address, {**NO, "to": "all"})
    settled = client.get(address).content.decode()
    assert 'name="reason"' not in settled
    assert "Alle haben eine Antwort." in settled
    unticked = client.get(desk("answer_many", process.identifier)).content.decode()
    assert 'name="reason"' not in unticked
    assert "Bitte kreuzen Sie mindestens einen Beitrag an." in unticked


def test_ticks_of_another_process_are_not_there(client, process):
    foreign = f.ContributionFactory()
    page = client.get(many(process, [foreign]))
    assert page.context["rows"] == []
    client.post(many(process, [foreign]), {**NO, **on_page([foreign])})
    assert not Answer.objects.exists()


@pytest.mark.parametrize("name", ["theme_answer", "answer_many", "text_blocks"])
def test_pages_cost_the_same_for_one_and_for_three(
    client, process, name, django_assert_num_queries
):
    for count in (1, 3):
        rows = accepted(process, count)
        theme = actions.name_theme(process, title=f"Bänke {count}", **office(process))
        actions.gather(rows, theme, **office(process))
        actions.answer_contribution(rows[0], **NO, **office(process))
        actions.write_text_block(process.municipality, title=f"Nein {count}", text="Nein.")
        address = {
            "theme_answer": desk("theme_answer", theme.identifier),
            "answer_many": many(process, rows),
            "text_blocks": desk("text_blocks"),
        }[name]
        client.get(address)
        with django_assert_num_queries(QUERIES[name]):
            assert client.get(address).status_code == 200


# municipality, session, account, membership with person, seats; then what is shown
QUERIES = {"theme_answer": 10, "answer_many": 10, "text_blocks": 6}


# --- supplements ---------------------------------------------------------------------------------


def test_a_supplement_stands_below_the_answer_for_everybody(client, process):
    [one] = accepted(process)
    address = desk("answer_supplement", one.identifier)
    assert client.get(address).status_code == 404  # nothing to add to yet
    actions.answer_contribution(one, **NO, **office(process))
    assert client.post(address, {"text": " "}).status_code == 422
    for _twice in range(2):
        assert client.post(address, {"text": "Nun gibt es Geld."}).status_code == 303
    assert AnswerSupplement.objects.count() == 1
    client.logout()
    page = client.get(one.get_absolute_url()).content.decode()
    assert page.index(NO["reason"]) < page.index("Nun gibt es Geld.")


def test_only_the_coordination_answers(client, process):
    rows = accepted(process, 2)
    actions.answer_contribution(rows[0], **NO, **office(process))
    block = actions.write_text_block(process.municipality, title="Nein", text="Nein.")
    pages = [
        many(process, rows),
        desk("answer_supplement", rows[0].identifier),
        desk("text_blocks"),
        desk("text_block_new"),
        desk("text_block_edit", block.pk),
    ]
    assert {client.get(page).status_code for page in pages} == {200}
    f.sign_in(client, process.municipality, Role.MEMBER)
    assert {client.get(page).status_code for page in pages} == {403}
    f.sign_in(client, f.MunicipalityFactory())
    client.defaults["HTTP_HOST"] = process.municipality.host
    assert {client.get(page).status_code for page in pages} == {404}


def test_an_organisation_of_the_register_is_shown_with_its_open_contact(client, process):
    shown = f.OrganisationFactory(
        municipality=process.municipality, phone="09851 1", shows_contact=True
    )
    hidden = f.OrganisationFactory(municipality=process.municipality, is_public=False)
    [one] = accepted(process)
    data = {"outcome": "elsewhere", "reason": "Das macht der Verein."}
    address = desk("answer", one.identifier)
    assert client.post(address, data).status_code == 422
    assert client.post(address, {**data, "organisation": hidden.identifier}).status_code == 422
    right = {**data, "organisation": shown.identifier}
    preview = client.post(address, {**right, "preview": "show"}).content.decode()
    preview = preview.split('id="preview"')[1].split("</section>")[0]
    assert client.post(address, right).status_code == 303
    client.logout()
    page = client.get(one.get_absolute_url()).content.decode()
    for told in ("Zuständig", shown.get_absolute_url(), shown.title, "09851 1"):
        assert told in page
        assert told in preview


# --- on paper and as files -----------------------------------------------------------------------


def answered(process, count=1):
    rows = accepted(process, count)
    actions.answer_together(process, rows, **NO, **office(process))
    return rows


def test_the_preview_names_who_is_responsible_in_own_words_as_well(client, process):
    [one] = accepted(process)
    data = {"outcome": "elsewhere", "reason": "Das ist Landesrecht.", "business_of": "Das Land"}
    html = client.post(desk("answer", one.identifier), {**data, "preview": "show"}).content.decode()
    assert "<p>Zuständig: Das Land</p>" in html
    assert not Answer.objects.exists()


def test_letters_need_a_tick_and_keep_the_address_that_was_typed(client, process):
    [one] = answered(process)
    address = desk("answer_letters", process.identifier)
    data = {f"address-{one.identifier}": "Erika Muster, Weg 1", "as": "docx"}
    response = client.post(address, data)
    assert response.status_code == 422
    assert "Erika Muster, Weg 1</textarea>" in response.content.decode()


@pytest.mark.parametrize(("ending", "begins"), [("pdf", b"%PDF"), ("docx", b"PK")])
def test_ticked_letters_come_as_a_file_that_nobody_keeps(client, process, ending, begins):
    one, _other = answered(process, 2)
    data = {"c": [one.identifier], "as": ending, f"address-{one.identifier}": "Erika Muster"}
    response = client.post(desk("answer_letters", process.identifier), data)
    assert response.status_code == 200
    assert response.content.startswith(begins)
    assert response["Cache-Control"] == "no-store, private"
    assert f".{ending}" in response["Content-Disposition"]


def test_letters_are_for_those_without_mail_and_an_answer(client, process):
    [one] = answered(process)
    accepted(process, 1)
    type(one).objects.create(
        municipality=process.municipality, process=process, text="Online.", title="Online.",
        state="published", is_answered=True, channel="online",
    )  # fmt: skip
    page = client.get(desk("answer_letters", process.identifier))
    assert [row["contribution"] for row in page.context["rows"]] == [one]


def test_letters_of_one_theme(client, process):
    one, two = answered(process, 2)
    theme = in_theme(process, [two])
    page = client.get(desk("answer_letters", process.identifier) + f"?theme={theme.identifier}")
    assert [row["contribution"] for row in page.context["rows"]] == [two]
    assert one.title not in page.content.decode()


def test_the_synopsis_holds_everybody_and_no_formula(client, process):
    [one] = answered(process)
    evil = actions.record_contribution(
        process, text="=1+1 Bänke", channel="paper", may_publish=False, **office(process)
    )
    response = client.get(desk("answers_file", process.identifier, "csv"))
    lines = response.content.decode("utf-8-sig").splitlines()
    assert len(lines) == 3
    assert one.text in lines[1]
    assert NO["reason"] in lines[1]
    assert "'=1+1 Bänke" in lines[2]
    assert client.get(desk("answers_file", process.identifier, "exe")).status_code == 404
    assert evil.text not in client.get(desk("answer_letters", process.identifier)).content.decode()


def test_the_sheet_to_hang_up_is_a_page_too(client, process):
    call = f.CallFactory(process=process, phase=process.phases.get())
    said = actions.record_contribution(
        process, text="Mehr Licht.", channel="card", call=call, **office(process)
    )
    actions.answer_contribution(said, **NO, **office(process))
    response = client.get(desk("call_answers_sheet", call.identifier, "html"))
    assert "Was aus Ihren Beiträgen wurde" in response.content.decode()
    assert client.get(desk("call_answers_sheet", call.identifier, "odt")).status_code == 404


# --- what waits ----------------------------------------------------------------------------------


def test_what_waits_is_narrowed_to_a_call_or_theme_the_oldest_promise_first(client, process):
    later, sooner = (
        f.CallFactory(
            process=process,
            phase=process.phases.get(),
            title=title,
            answer_by=timezone.localdate() + timedelta(days=days),
        )
        for title, days in (("Wege", 9), ("Orte", -2))
    )
    rows = [
        actions.record_contribution(
            process, text=f"Zu {call.title}.", channel="card", call=call, **office(process)
        )
        for call in (later, sooner)
    ]
    theme = in_theme(process, [rows[0]])
    address = desk("answers", process.identifier)
    page = client.get(address)
    assert [s["scope"].title for s in page.context["scopes"]] == ["Orte", "Wege", "Bänke"]
    assert "überfällig" in page.content.decode()
    for scope, expected in ((sooner, [rows[1]]), (theme, [rows[0]])):
        found = client.get(f"{address}?of={scope.identifier}").context["contributions"]
        assert list(found.rows) == expected
    assert len(client.get(f"{address}?of=nichts").context["contributions"].rows) == 2


def waits(client):
    """Title, text and lateness of what stands in *Heute* about answers."""
    return [
        (todo.title, todo.text, todo.is_late)
        for todo in client.get(desk("today")).context["todos"]
        if "brauch" in todo.title
    ]


def test_after_the_promised_day_what_nobody_has_read_is_owed_too(client, process):
    call = f.CallFactory(process=process, phase=process.phases.get(), title="Orte")
    sent = [
        actions.submit_contribution(
            call, text=f"{n}. Ort", may_publish=True, form_key=str(n), language="de",
            by=f.visitor(call.municipality), at=timezone.now(),
        )[0]
        for n in range(3)
    ]  # fmt: skip
    assert waits(client) == [], "they wait to be read, and nothing is late"
    actions.publish_contribution(sent[0], **office(process))
    assert waits(client) == [("1 Beitrag braucht eine Antwort", "Orte", False)]
    type(call).objects.update(answer_by=timezone.localdate() - timedelta(days=1))
    assert waits(client) == [
        ("3 Beiträge brauchen eine Antwort", "Orte: 2 davon sind noch nicht gelesen", True)
    ]
    page = client.get(desk("today")).content.decode()
    assert "überfällig" in page
    actions.publish_contribution(sent[1], **office(process))
    actions.refuse_contribution(sent[2], reason="Nennt Namen", **office(process))
    rows = [row.refreshed() for row in sent[:2]]
    actions.answer_together(process, rows, **NO, **office(process))
    assert waits(client) == []


def test_cards_without_a_call_are_not_forgotten(client, process):
    call = f.CallFactory(process=process, phase=process.phases.get(), title="Orte")
    actions.record_contribution(
        process, text="Mit Aufruf.", channel="card", call=call, **office(process)
    )
    cards = accepted(process, 2)
    assert waits(client) == [
        ("1 Beitrag braucht eine Antwort", "Orte", False),
        ("2 Beiträge ohne Aufruf brauchen eine Antwort", process.title, False),
    ]
    actions.answer_together(process, cards, **NO, **office(process))
    assert waits(client) == [("1 Beitrag braucht eine Antwort", "Orte", False)]
