"""News and pages: rule and query agree at every moment, and nothing that was written is lost."""

from __future__ import annotations

import datetime as dt

import pytest
from django.utils import timezone

from miteinander.community import actions, queries
from miteinander.community.models import News
from miteinander.core.errors import Closed, Conflict, Invalid, NotReady, NotThere
from miteinander.core.events.read import erase_personal, timeline
from miteinander.core.jobs import run_scheduled
from miteinander.core.models import Attachment, Event, EventDetail, Municipality
from miteinander.core.rights import allowed
from miteinander.core.standing import Standing
from tests import factories as make

pytestmark = pytest.mark.django_db
HOUR = dt.timedelta(hours=1)
NOW = timezone.now()


@pytest.fixture
def town():
    return make.MunicipalityFactory()


@pytest.fixture
def who(town):
    return make.coordinator(town)


def draft(town, who, **more) -> News:
    words = {"title": "Sprachcafé", "teaser": "Tee im Osten.", "text": "Jeden Mittwoch."} | more
    return actions.write_news(town, **words, by=who, at=NOW)


def stranger(town, at=NOW) -> Standing:
    return Standing(municipality=town.pk, at=at)


def version(town) -> int:
    return Municipality.objects.get(pk=town.pk).public_version


# --- who may read it, and when -------------------------------------------------------------------


@pytest.mark.parametrize("hours", [-2, -1, 0, 1], ids=["long before", "before", "then", "after"])
def test_rule_and_query_agree_before_at_and_after_the_moment(town, who, hours):
    elsewhere = make.MunicipalityFactory()
    moment = NOW + 2 * HOUR
    actions.schedule_news(draft(town, who), appears_at=moment, by=who, at=NOW)
    actions.publish_news(draft(town, who, title="Offen"), by=who, at=NOW)
    retired = actions.publish_news(draft(town, who, title="Alt"), by=who, at=NOW)
    actions.retire_news(retired, by=who, at=NOW)
    draft(town, who, title="Entwurf")
    at = moment + hours * HOUR
    readers = [
        Standing(municipality=town.pk, at=at),
        Standing(municipality=elsewhere.pk, at=at),
        make.member(town),
        make.coordinator(town),
        make.coordinator(elsewhere),
    ]
    for reader in readers:
        by_rule = {
            news.title
            for news in News.objects.filter(municipality=town)
            if allowed(reader, "community.see_news", news)
        }
        by_query = set(queries.news_visible_to(town, reader).values_list("title", flat=True))
        assert by_query == by_rule, reader
    seen = set(queries.news_visible_to(town, readers[0]).values_list("title", flat=True))
    assert seen == {"Offen", "Alt"} | ({"Sprachcafé"} if hours >= 0 else set())


def test_the_list_holds_only_what_is_current_for_members_too(town, who):
    actions.publish_news(draft(town, who, title="Offen"), by=who, at=NOW)
    draft(town, who, title="Entwurf")
    old = actions.publish_news(draft(town, who, title="Alt"), by=who, at=NOW)
    actions.retire_news(old, by=who, at=NOW)

    assert [news.title for news in queries.current_news(town, NOW)] == ["Offen"]
    assert queries.news_at(town, stranger(town), old.identifier).title == "Alt"


def test_news_of_another_town_is_not_there(town, who):
    news = actions.publish_news(draft(town, who), by=who, at=NOW)
    elsewhere = make.MunicipalityFactory()

    with pytest.raises(NotThere):
        queries.news_at(elsewhere, make.coordinator(elsewhere), news.identifier)
    assert not queries.current_news(elsewhere, NOW).exists()


@pytest.mark.parametrize("state", ["draft", "scheduled", "published", "retired"])
def test_a_picture_is_for_everybody_exactly_while_its_news_is(town, who, state):
    picture = make.AttachmentFactory(municipality=town)
    news = actions.choose_news_picture(draft(town, who), picture, by=who, at=NOW)
    if state == "scheduled":
        news = actions.schedule_news(news, appears_at=NOW + HOUR, by=who, at=NOW)
    elif state != "draft":
        news = actions.publish_news(news, by=who, at=NOW)
    if state == "retired":
        news = actions.retire_news(news, by=who, at=NOW)

    def seen_by(reader: Standing) -> bool:
        return queries.picture_at(town, reader, picture.identifier) is not None

    for at in (NOW, NOW + 2 * HOUR):
        assert seen_by(stranger(town, at)) == news.has_appeared(at)
    assert seen_by(make.member(town))
    elsewhere = make.MunicipalityFactory()
    assert not seen_by(make.coordinator(elsewhere)) or news.has_appeared(NOW)
    assert queries.picture_at(elsewhere, make.coordinator(elsewhere), picture.identifier) is None


# --- appearing by itself -------------------------------------------------------------------------


def test_scheduled_news_appears_on_pages_without_anybody_s_doing(town, who):
    moment = NOW + HOUR
    news = actions.schedule_news(draft(town, who), appears_at=moment, by=who, at=NOW)
    frame = queries.frame_of(Municipality.objects.get(pk=town.pk))

    assert frame.newest(NOW) == []
    assert frame.newest(moment) == [news]
    assert frame.told.next_change(NOW) == moment == queries.next_appearance(town, NOW)
    assert frame.told.next_change(moment) is None
    assert queries.next_appearance(town, moment) is None


def test_setting_a_moment_reaches_pages_that_are_kept(town, who):
    news, before = draft(town, who), version(town)
    news = actions.schedule_news(news, appears_at=NOW + HOUR, by=who, at=NOW)
    assert version(town) > before

    before = version(town)
    actions.take_back_news(news, by=who, at=NOW)
    assert version(town) > before


def test_the_worker_writes_down_what_has_appeared_and_nothing_else(town, who):
    at = timezone.now()
    news = actions.schedule_news(draft(town, who), appears_at=at - HOUR, by=who, at=at - 2 * HOUR)
    later = actions.schedule_news(
        draft(town, who, title="Später"), appears_at=at + HOUR, by=who, at=at
    )
    assert "community.let_appear" in run_scheduled(at=at)
    assert "community.let_appear" not in run_scheduled(at=at + 6 * HOUR / 60), "nothing is due"

    news, later = news.refreshed(), later.refreshed()
    assert (news.state, news.is_public, news.appears_at) == ("published", True, at - HOUR)
    assert (later.state, later.is_public) == ("scheduled", False)
    assert Event.objects.filter(kind="news.published", is_public=True).count() == 1


# --- what it needs, and how it is undone ---------------------------------------------------------


def test_publishing_names_every_open_point_at_once(town, who):
    news = draft(town, who, teaser="", text=" ")
    for act in (
        lambda: actions.publish_news(news, by=who, at=NOW),
        lambda: actions.schedule_news(news, appears_at=NOW + HOUR, by=who, at=NOW),
    ):
        with pytest.raises(NotReady) as refused:
            act()
        assert len(refused.value.points) == 2


def test_a_moment_that_has_passed_is_refused(town, who):
    with pytest.raises(Invalid) as refused:
        actions.schedule_news(draft(town, who), appears_at=NOW, by=who, at=NOW)
    assert set(refused.value.fields) == {"appears_at"}


def test_a_button_that_is_pressed_twice_does_its_work_once(town, who):
    news = actions.publish_news(draft(town, who), by=who, at=NOW)
    with pytest.raises(Closed):
        actions.publish_news(news, by=who, at=NOW)
    actions.take_back_news(news, by=who, at=NOW)
    with pytest.raises(Closed):
        actions.take_back_news(news, by=who, at=NOW)


def test_the_same_draft_twice_is_one_draft(town, who):
    draft(town, who)
    with pytest.raises(Invalid):
        draft(town, who)
    assert News.objects.count() == 1


def test_what_was_taken_back_is_gone_for_strangers_and_from_the_open_log(town, who):
    news = actions.publish_news(draft(town, who), by=who, at=NOW)
    assert [line.kind for line in timeline(town, public_only=True)] == ["news.published"]
    news = actions.take_back_news(news, by=who, at=NOW)

    with pytest.raises(NotThere):
        queries.news_at(town, stranger(town), news.identifier)
    assert timeline(town, public_only=True) == []


def test_an_earlier_text_can_be_put_back_and_what_it_replaces_is_kept(town, who):
    news = draft(town, who)
    news = actions.edit_news(
        news, title="Neu", teaser="Neu.", text="Neu.", about=[], seen=news.revision, by=who, at=NOW
    )
    (former,) = queries.former_texts(news)
    assert former.words["text"] == "Jeden Mittwoch."

    news = actions.restore_news(news, event=former.event, seen=news.revision, by=who, at=NOW)
    assert (news.title, news.teaser, news.text) == (
        "Sprachcafé",
        "Tee im Osten.",
        "Jeden Mittwoch.",
    )
    assert [f.words["title"] for f in queries.former_texts(news)] == ["Neu", "Sprachcafé"]


def test_an_earlier_text_of_other_news_is_not_put_back(town, who):
    news, other = draft(town, who), draft(town, who, title="Anderes")
    actions.edit_news(other, title="B", teaser="b", text="b", about=[], seen=0, by=who, at=NOW)
    (former,) = queries.former_texts(other)
    with pytest.raises(NotThere):
        actions.restore_news(news, event=former.event, seen=news.revision, by=who, at=NOW)


def test_of_two_editors_neither_loses_a_word(town, who):
    news = draft(town, who)
    saved = {"teaser": "x", "text": "Erste.", "about": [], "seen": news.revision}
    actions.edit_news(news, title="Eins", **saved, by=who, at=NOW)
    with pytest.raises(Conflict) as refused:
        actions.edit_news(news, title="Zwei", **saved, by=who, at=NOW)
    assert (refused.value.mine["title"], refused.value.theirs["title"]) == ("Zwei", "Eins")


def test_erasing_a_person_keeps_the_town_s_words(town):
    account = make.UserFactory()
    who = make.coordinator(town, user=account.pk)
    news = draft(town, who)
    actions.edit_news(news, title="B", teaser="b", text="b", about=[], seen=0, by=who, at=NOW)
    erase_personal(user=account.pk)

    assert not EventDetail.objects.filter(user=account.pk).exists()
    assert queries.former_texts(news)[0].words["title"] == "Sprachcafé"


def test_things_are_named_by_any_of_their_addresses(town):
    goal, other = make.PerspectiveFactory(municipality=town), make.PerspectiveFactory()
    typed = f"https://stadt.example/de/perspektive/{goal.identifier}/?x=1\n\n/t/{goal.identifier}"
    assert [t.pk for t in queries.things_named(town, typed)] == [goal.pk, goal.pk]
    with pytest.raises(Invalid) as refused:
        queries.things_named(town, f"/t/{other.identifier}")
    assert set(refused.value.fields) == {"about"}


# --- pages ---------------------------------------------------------------------------------------


def test_rule_and_query_agree_on_pages(town):
    make.PageFactory(municipality=town)
    make.PageFactory(municipality=town, is_public=False)
    elsewhere = make.MunicipalityFactory()
    for reader in (stranger(town), stranger(elsewhere), make.member(town), make.member(elsewhere)):
        by_rule = {p.pk for p in town.things.all() if allowed(reader, "community.see_thing", p)}
        assert set(queries.pages_visible_to(town, reader).values_list("pk", flat=True)) == by_rule


def test_a_legal_page_has_one_text_of_the_town(town, who):
    page = actions.write_page(town, title="Impressum", text="Wir.", legal="imprint", by=who, at=NOW)
    with pytest.raises(Invalid):
        actions.write_page(town, title="Impressum 2", text="Wir.", legal="imprint", by=who, at=NOW)
    page = actions.publish_page(page, by=who, at=NOW)
    before = version(town)
    actions.take_back_page(page, by=who, at=NOW)
    assert version(town) > before


def test_an_empty_page_is_not_published(town, who):
    page = actions.write_page(town, title="Leer", by=who, at=NOW)
    with pytest.raises(NotReady):
        actions.publish_page(page, by=who, at=NOW)


# --- pictures ------------------------------------------------------------------------------------


def test_a_picture_in_use_cannot_be_removed_and_afterwards_it_can(town, who):
    picture = make.AttachmentFactory(municipality=town)
    news = actions.choose_news_picture(draft(town, who), picture, by=who, at=NOW)
    with pytest.raises(Closed):
        actions.remove_picture(picture, by=who, at=NOW)
    actions.choose_news_picture(news, None, by=who, at=NOW)
    actions.remove_picture(picture, by=who, at=NOW)
    assert not Attachment.objects.exists()
    assert (
        not Event.objects.filter(kind="picture.removed").exclude(data__name=picture.name).exists()
    )


def test_a_picture_of_another_town_is_neither_shown_nor_removed(town, who):
    foreign = make.AttachmentFactory()
    with pytest.raises(NotThere):
        actions.choose_news_picture(draft(town, who), foreign, by=who, at=NOW)
    with pytest.raises(NotThere):
        actions.remove_picture(foreign, by=who, at=NOW)


@pytest.mark.parametrize("colour", ["#ffff00", "#ffffff", "#8bc3bf"])
def test_a_colour_that_cannot_be_read_is_refused_with_one_that_can(town, who, colour):
    with pytest.raises(Invalid) as refused:
        actions.set_appearance(town, name="Stadt", accent=colour, languages=["de"], by=who, at=NOW)
    better = str(refused.value.fields["accent"]).split("#")[1][:6]
    changed = actions.set_appearance(
        town, name="Stadt", accent=f"#{better}", languages=["de"], by=who, at=NOW
    )
    assert changed.accent == f"#{better}"
