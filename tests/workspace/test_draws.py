"""Rooms of a draw by lot: what the office does, what everybody sees of it, and refusals."""

from __future__ import annotations

import sys

import pytest
from django.urls import reverse

from miteinander.analysis.lot import solver
from miteinander.community import actions as community
from miteinander.community.models import Person
from miteinander.core.standing import Role, Standing
from miteinander.process import actions
from miteinander.process.tasks import list_panels
from tests import factories as make

pytestmark = pytest.mark.django_db
WHY = "Drei Anmeldungen fehlten im Topf."


@pytest.fixture
def announced(town):
    draw = make.DrawFactory(
        process=make.ProcessFactory(municipality=town, is_public=True),
        body=make.BodyFactory(municipality=town, is_public=True),
        tickets=4,
        listed=True,
    )
    by = make.coordinator(town)
    return actions.announce_draw(draw, seed_from="dice", public=True, by=by, at=by.at)


def to(name, *keys):
    return reverse(f"workspace:{name}", args=keys)


def text(response):
    return " ".join(response.content.decode().split())


def test_whoever_saw_the_announcement_sees_why_it_is_called_off(client, announced):
    make.sign_in(client, announced.municipality)
    desk = to("draw", announced.identifier)
    assert to("draw_call_off", announced.identifier) in text(client.get(desk))

    answer = client.post(to("draw_call_off", announced.identifier), {"reason": WHY})
    again = client.post(to("draw_call_off", announced.identifier), {"reason": WHY})
    assert (answer.status_code, answer.url, again.status_code) == (303, desk, 303)
    assert WHY in text(client.get(desk))
    assert to("draw_seed", announced.identifier) not in text(client.get(desk))
    client.logout()
    public = text(client.get(announced.get_absolute_url()))
    assert "Diese Auslosung ist abgesagt" in public
    assert WHY in public
    assert announced.panels.digest in public


def test_calling_off_needs_a_reason_and_the_right_moment(client, announced):
    make.sign_in(client, announced.municipality)
    address = to("draw_call_off", announced.identifier)
    assert client.post(address, {"reason": "   "}).status_code == 422

    client.post(to("draw_seed", announced.identifier), {"seed": "3-1-4"})
    late = client.post(address, {"reason": WHY})
    assert (late.status_code, WHY in text(client.get(announced.get_absolute_url()))) == (422, False)
    assert announced.refreshed().state == "drawn"


@pytest.fixture
def told(town):
    """A draw that was drawn by what people said of themselves."""
    by = make.coordinator(town)
    draw = make.DrawFactory(
        process=make.ProcessFactory(municipality=town, is_public=True),
        body=make.BodyFactory(municipality=town, is_public=True),
        tickets=4,
        listed=True,
        told=["Alter"],
    )
    draw = actions.announce_draw(draw, seed_from="dice", public=True, by=by, at=by.at)
    return actions.draw_panel(draw, seed="1-2", number=0, by=by, at=by.at)


def test_the_office_sees_names_without_numbers_and_no_table_of_people(client, told):
    make.sign_in(client, told.municipality)
    desk = client.get(to("draw", told.identifier))
    shown = desk.content.decode().split('id="gezogen"')[1].split("</section>")[0]
    assert "Mensch 1" in shown
    assert "<code>" not in shown
    assert to("draw_file", told.identifier, "menschen.csv") not in text(desk)
    assert client.get(to("draw_file", told.identifier, "menschen.csv")).status_code == 404
    assert client.get(to("draw_file", told.identifier, "liste.json")).status_code == 200
    form = client.get(to("draw_replace", told.identifier)).context["form"]
    assert [label for _key, label in form.fields["gone"].choices][1:] == ["Mensch 1", "Mensch 2"]
    keys = {key for key, _label in form.fields["gone"].choices} - {""}
    assert keys == {str(ticket.pk) for ticket in told.tickets.filter(is_drawn=True)}
    client.logout()
    public = told.get_absolute_url()
    assert "freiwillig" in text(client.get(public))
    assert client.get(f"{public}menschen.csv").status_code == 404


def test_what_people_said_is_chosen_alone(client, town):
    by = make.coordinator(town)
    community.choose_characteristics(town, words={"gender": "Frau, Mann"}, by=by, at=by.at)
    body = make.BodyFactory(municipality=town)
    draw = make.DrawFactory(
        process=make.ProcessFactory(municipality=town), body=body, source="register"
    )
    make.sign_in(client, town)
    address = to("draw_people", draw.identifier)
    for more in ({"bodies": [body.pk]}, {"characteristics": ["language"]}):
        refused = client.post(address, {"told": ["gender"], **more})
        assert (refused.status_code, list(refused.context["form"].errors)) == (422, ["told"])
        assert refused.context["form"]["told"].value() == ["gender"]
    few = client.post(address, {"told": ["gender"]})
    assert few.status_code == 422
    assert "Zu wenige" in text(few)


def test_a_pool_that_would_tell_beside_an_earlier_one_is_refused_and_says_why(client, town):
    by = make.coordinator(town)
    community.choose_characteristics(town, words={"gender": "Frau, Mann"}, by=by, at=by.at)

    def newcomer(word):
        person = make.PersonFactory(municipality=town, name="Geheim")
        own = Standing(town.pk, at=by.at, person=person.pk, role=Role.MEMBER)
        community.describe_self(person, said={"gender": word}, for_draws=True, by=own, at=by.at)

    for word in ["Frau"] * 6 + ["Mann"] * 6:
        newcomer(word)
    draw = make.DrawFactory(process=make.ProcessFactory(municipality=town), source="register")
    make.sign_in(client, town)
    address = to("draw_people", draw.identifier)
    taken = client.post(address, {"told": ["gender"]})
    assert (taken.status_code, taken["Location"]) == (303, to("draw_quotas", draw.identifier))

    newcomer("Frau")
    refused = client.post(address, {"told": ["gender"]})

    assert refused.status_code == 422
    assert "was Einzelne über sich gesagt haben" in text(refused)
    assert refused.context["form"]["told"].value() == ["gender"]
    assert draw.tickets.count() == 13, "as it was, with whoever draws"


def test_quotas_that_tell_too_much_are_said_while_typing_and_refused(client, town):
    draw = make.DrawFactory(
        process=make.ProcessFactory(municipality=town), tickets=12, told=["Alter"], size=6
    )
    make.sign_in(client, town)
    typed = {"low0": "6", "high0": "6", "low1": "0", "high1": "6"}
    looked = client.post(to("draw_quotas_check", draw.identifier), typed)
    assert "wüsste man" in text(looked)
    refused = client.post(to("draw_quotas", draw.identifier), typed)
    assert (refused.status_code, 'value="6"' in text(refused)) == (422, True)
    assert draw.refreshed().quotas == []


def test_my_page_tells_my_number(client, told):
    user = make.sign_in(client, told.municipality, "member")
    person = Person.objects.get(user=user)
    told.tickets.filter(number="1").update(person=person)
    shown = text(client.get(to("me")))
    assert told.title in shown
    assert "<code>1</code>" in shown
    assert "Sie sind gelost" in shown


@pytest.fixture
def no_solver(monkeypatch):
    monkeypatch.setitem(sys.modules, "highspy", None)
    solver._highs.cache_clear()
    yield
    solver._highs.cache_clear()


@pytest.fixture
def pooled(town):
    return make.DrawFactory(process=make.ProcessFactory(municipality=town), tickets=8, size=4)


TYPED = {"low0": "2", "high0": "2", "low1": "2", "high1": "2"}


def test_without_the_solver_quotas_are_kept_and_it_says_what_to_install(client, pooled, no_solver):
    make.sign_in(client, pooled.municipality)
    address = to("draw_quotas", pooled.identifier)
    for shown in (
        client.get(address),
        client.post(address, {**TYPED, "preview": "1"}),
        client.post(to("draw_quotas_check", pooled.identifier), TYPED),
    ):
        assert shown.status_code == 200
        assert "miteinander[solver]" in shown.content.decode().replace("&#x27;", "'")
        assert "gehen nicht auf" not in text(shown)
    assert client.post(address, TYPED).status_code == 303
    assert len(pooled.refreshed().quotas) == 2

    client.post(to("draw_list", pooled.identifier))
    list_panels(pooled.pk)
    desk = text(client.get(to("draw", pooled.identifier)))
    assert "Zum Losen fehlt" in desk
    assert (pooled.refreshed().state, pooled.tickets.count()) == ("preparing", 8)
    assert to("draw_list", pooled.identifier) in desk, "it can be tried again"


def test_without_the_solver_a_list_that_is_there_can_be_drawn(client, announced, no_solver):
    make.sign_in(client, announced.municipality)
    drawn = client.post(to("draw_seed", announced.identifier), {"seed": "3-1-4"})
    assert drawn.status_code == 303
    shown = client.get(to("draw_replace", announced.identifier))
    assert shown.status_code == 200
    gone = announced.tickets.filter(is_drawn=True).first().number
    typed = {"gone": gone, "reason": "declined", "note": "Bleibt stehen"}
    answer = client.post(to("draw_replace", announced.identifier), typed)
    assert answer.status_code == 422
    assert "miteinander[solver]" in answer.content.decode().replace("&#x27;", "'")
    assert "Bleibt stehen" in text(answer)
    assert announced.replacements.count() == 0
