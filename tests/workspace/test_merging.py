"""Two people save one draft: both texts become one with a press, and nothing is overwritten."""

from __future__ import annotations

import pytest
from django.urls import reverse

from miteinander.core.standing import Role
from miteinander.strategy import queries
from miteinander.strategy.models import Chapter
from tests import factories as make

pytestmark = pytest.mark.django_db
BASE = "Wege in die Stadt fehlen. Abends fährt kein Bus."
MINE = BASE.replace("Wege", "Sichere Wege")
THEIRS = BASE + " Am Sonntag auch nicht."
BOTH = "Sichere Wege in die Stadt fehlen. Abends fährt kein Bus. Am Sonntag auch nicht."


@pytest.fixture(autouse=True)
def _hosts(settings):
    settings.ALLOWED_HOSTS = [".example"]


@pytest.fixture
def goal():
    concept = make.ConceptFactory(process=make.PhaseFactory().process)
    field = make.FieldOfActionFactory(concept=concept)
    return make.GoalFactory(field=field, title="Unterwegs sein", need=BASE, effect="delivered")


def form_of(goal, **more):
    return {
        "title": goal.title,
        "need": goal.need,
        "evidence": goal.evidence,
        "text": goal.text,
        "effect": goal.effect,
        "indicator": goal.indicator,
        "no_indicator_reason": goal.no_indicator_reason,
        "seen": "0",
    } | more


@pytest.fixture
def here(client, goal):
    make.sign_in(client, goal.municipality)
    return reverse("workspace:goal_edit", args=[goal.identifier])


def test_changes_in_different_places_are_saved_together_with_one_press(client, goal, here):
    client.post(here, form_of(goal, need=THEIRS))
    refused = client.post(here, form_of(goal, need=MINE))
    assert refused.status_code == 409
    offer = refused.context["offer"]
    assert (offer.base, offer.disputes, [row.name for row in offer.texts]) == (0, 0, ["need"])
    assert goal.refreshed().need == THEIRS, "nothing is overwritten"
    page = refused.content.decode()
    assert "Zusammengeführt speichern" in page
    assert MINE in page, "what was typed stands in the form"
    sent = form_of(goal, need=MINE, seen="1", base="0", together="1")
    assert client.post(here, sent).status_code == 303
    assert goal.refreshed().need == BOTH
    assert [said.words["need"] for said in queries.wordings_of(goal)] == [BASE, THEIRS, BOTH]


def test_what_only_they_changed_is_taken_over_into_the_form(client, goal, here):
    client.post(here, form_of(goal, effect="reached", indicator="Fahrten"))
    refused = client.post(here, form_of(goal, need=MINE))
    offer = refused.context["offer"]
    assert set(offer.taken_over) == {"Art der Wirkung", "Indikator"}
    assert not offer.texts
    form = refused.context["form"]
    assert (form["effect"].value(), form["indicator"].value()) == ("reached", "Fahrten")
    assert form["need"].value() == MINE
    sent = {name: form[name].value() for name in form.fields}
    assert client.post(here, sent).status_code == 303
    stored = goal.refreshed()
    assert (stored.effect, stored.indicator, stored.need) == ("reached", "Fahrten", MINE)


@pytest.mark.parametrize(
    ("choice", "word"), [("mine", "Zug"), ("theirs", "Rad"), ("both", "Zug Rad")]
)
def test_a_disputed_passage_waits_for_a_choice(client, goal, here, choice, word):
    client.post(here, form_of(goal, need=BASE.replace("Bus.", "Rad.")))
    mine = BASE.replace("Bus.", "Zug.").replace("Wege", "Gute Wege")
    refused = client.post(here, form_of(goal, need=mine))
    assert refused.context["offer"].disputes == 1
    sent = form_of(goal, need=mine, seen="1", base="0", together="1")
    again = client.post(here, sent)
    assert again.status_code == 409
    assert again.context["offer"].undecided
    assert "Bitte entscheiden Sie zuerst" in again.content.decode()
    assert again.context["form"]["need"].value() == mine
    assert client.post(here, sent | {"need.0": choice}).status_code == 303
    words = goal.refreshed().need.replace(".", "").split()
    assert words[:2] == ["Gute", "Wege"]
    assert " ".join(words).endswith(word)


def test_a_third_editor_in_between_is_met_in_the_same_way(client, goal, here):
    client.post(here, form_of(goal, need=THEIRS))
    client.post(here, form_of(goal, need=MINE))
    client.post(here, form_of(goal, need=THEIRS, title="Mobil sein", seen="1"))
    sent = form_of(goal, need=MINE, seen="1", base="0", together="1")
    refused = client.post(here, sent)
    assert refused.status_code == 409
    form = refused.context["form"]
    assert (form["title"].value(), form["need"].value()) == ("Mobil sein", BOTH)
    assert goal.refreshed().need == THEIRS
    client.post(here, {name: form[name].value() for name in form.fields})
    stored = goal.refreshed()
    assert (stored.title, stored.need) == ("Mobil sein", BOTH)


def test_who_saves_the_form_as_it_is_keeps_their_own_words(client, goal, here):
    client.post(here, form_of(goal, need=THEIRS))
    client.post(here, form_of(goal, need=MINE))
    assert client.post(here, form_of(goal, need=MINE, seen="1", base="0")).status_code == 303
    assert goal.refreshed().need == MINE
    assert THEIRS in [said.words["need"] for said in queries.wordings_of(goal)]


@pytest.mark.parametrize("base", ["", "x", "-1", "99999999999999", "7"])
def test_a_made_up_beginning_changes_nothing_by_itself(client, goal, here, base):
    client.post(here, form_of(goal, need=THEIRS))
    sent = form_of(goal, need=MINE, seen="0", base=base, together="1")
    assert client.post(here, sent).status_code == 409
    assert goal.refreshed().need == THEIRS


def test_a_chapter_is_put_together_too(client, goal):
    concept = goal.field.concept
    make.sign_in(client, concept.municipality)
    chapter = Chapter.objects.get(concept=concept, chapter_kind="preface")
    here = reverse("workspace:chapter_edit", args=[chapter.pk])
    client.post(here, {"text": BASE, "seen": "0"})
    client.post(here, {"text": THEIRS, "seen": "1"})
    refused = client.post(here, {"text": MINE, "seen": "1"})
    assert (refused.status_code, refused.context["offer"].base) == (409, 1)
    client.post(here, {"text": MINE, "seen": "2", "base": "1", "together": "1"})
    chapter.refresh_from_db()
    assert chapter.text == BOTH


def test_a_measure_takes_over_dates_partners_and_own_fields(client, goal):
    town = goal.municipality
    make.sign_in(client, town)
    own = make.OwnFieldFactory(municipality=town, label="Leitbild")
    partner = make.OrganisationFactory(municipality=town)
    measure = make.MeasureFactory(goal=goal, title="Nachtbus", text=BASE, state="draft")
    here = reverse("workspace:measure", args=[measure.identifier])
    theirs = {
        "title": "Nachtbus",
        "text": THEIRS,
        "starts": "2027-03-01",
        "cost_once": "1.200",
        "staff_need": "0,5",
        "partners": [str(partner.pk)],
        f"own_{own.pk}": "Teilhabe",
        "is_key": "on",
        "seen": "0",
    }
    assert client.post(here, theirs).status_code == 303
    refused = client.post(here, {"title": "Nachtbus", "text": MINE, "seen": "0"})
    form = refused.context["form"]
    sent = {n: v for n in form.fields if (v := form[n].value()) not in (None, False)}
    assert client.post(here, sent | {"base": "0", "together": "1"}).status_code == 303
    stored = measure.refreshed()
    assert stored.text == BOTH
    assert (str(stored.starts), stored.cost_once, str(stored.staff_need)) == (
        "2027-03-01",
        1200,
        "0.50",
    )
    assert list(stored.partners.all()) == [partner]
    assert stored.own == {str(own.pk): "Teilhabe"}
    assert stored.is_key


def test_a_lead_with_a_number_of_five_digits_is_taken_over(client, goal):
    """Numbers that people type have points in German; what is chosen from a list has none."""
    town = goal.municipality
    make.sign_in(client, town)
    lead = make.OrganisationFactory(municipality=town, pk=12_345)
    measure = make.MeasureFactory(goal=goal, title="Nachtbus", text=BASE, state="draft")
    here = reverse("workspace:measure", args=[measure.identifier])
    client.post(here, {"title": "Nachtbus", "text": BASE, "lead": "12345", "seen": "0"})
    refused = client.post(here, {"title": "Nachtbus", "text": MINE, "seen": "0"})
    form = refused.context["form"]
    assert form["lead"].value() == "12345"
    sent = {n: v for n in form.fields if (v := form[n].value()) not in (None, False)}
    assert client.post(here, sent).status_code == 303
    assert (measure.refreshed().lead_id, measure.refreshed().text) == (lead.pk, MINE)


def test_the_history_shows_words_that_went_and_came(client, goal, here):
    client.post(here, form_of(goal, need=THEIRS))
    page = client.get(reverse("workspace:goal_history", args=[goal.identifier]))
    text = page.content.decode()
    assert "Am Sonntag auch nicht." in text
    assert "<ins>" in text
    [(label, parts)] = page.context["differences"]
    assert label == "Bedarf"
    assert [part.kind for part in parts] == ["same", "new"]


def test_two_wordings_are_compared_in_the_order_of_time(client, goal, here):
    for seen, need in enumerate([THEIRS, MINE, BOTH]):
        client.post(here, form_of(goal, need=need, seen=str(seen)))
    old, *_between, new = queries.wordings_of(goal)
    address = reverse("workspace:goal_history", args=[goal.identifier])
    for one, other in ((old, new), (new, old)):
        page = client.get(address, {"from": one.pk, "to": other.pk})
        assert (page.context["old"].pk, page.context["new"].pk) == (old.pk, new.pk)
    assert client.get(address, {"from": "x", "to": "9" * 30}).status_code == 200


def test_the_way_back_is_a_press_on_the_history(client, goal, here):
    client.post(here, form_of(goal, need=THEIRS))
    first = queries.wordings_of(goal)[0]
    address = reverse("workspace:goal_history", args=[goal.identifier])
    assert client.post(address, {"wording": first.pk, "seen": "0"}).status_code == 409
    assert client.post(address, {"wording": first.pk, "seen": "1"}).status_code == 303
    assert goal.refreshed().need == BASE


def test_a_member_outside_the_group_reads_the_history_and_changes_nothing(client, goal, here):
    client.post(here, form_of(goal, need=THEIRS))
    first = queries.wordings_of(goal)[0]
    make.sign_in(client, goal.municipality, Role.MEMBER)
    address = reverse("workspace:goal_history", args=[goal.identifier])
    page = client.get(address)
    assert page.status_code == 200
    assert "Diese Texte wieder übernehmen" not in page.content.decode()
    assert client.post(address, {"wording": first.pk, "seen": "1"}).status_code == 403


@pytest.mark.parametrize("count", [1, 4])
def test_a_history_costs_the_same_for_one_save_as_for_many(
    client, goal, here, count, django_assert_num_queries
):
    for seen in range(count):
        client.post(here, form_of(goal, need=f"{BASE} {seen}", seen=str(seen)))
    with django_assert_num_queries(10):  # eight of the frame, the goal, its wordings
        client.get(reverse("workspace:goal_history", args=[goal.identifier]))
