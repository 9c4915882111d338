"""Drawing by lot: from the pool to the panel, so that anybody can check it, and by numbers only."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from django.utils.timezone import localdate

from miteinander.analysis import lot
from miteinander.community.actions import forget_person
from miteinander.core.errors import Closed, Invalid, NotReady
from miteinander.core.models import Event, EventDetail
from miteinander.core.rights import allowed
from miteinander.documents import drawing as files
from miteinander.process import actions, insights, queries
from miteinander.process.actions import Candidate
from miteinander.process.models import Attendance, Draw, Guest, Ticket
from miteinander.process.tasks import list_panels
from tests import factories as make

pytestmark = pytest.mark.django_db
QUOTAS = [
    ["Alter", "alt", 2, 3],
    ["Alter", "jung", 2, 3],
    ["Sprache", "ar", 1, 2],
    ["Sprache", "de", 3, 4],
]


@pytest.fixture
def town():
    return make.MunicipalityFactory()


@pytest.fixture
def by(town):
    return make.coordinator(town)


@pytest.fixture
def draw(town, by):
    process = make.ProcessFactory(municipality=town)
    body = make.BodyFactory(municipality=town)
    return actions.prepare_draw(
        process, body=body, title="Bürgerrat", size=5, source="file", by=by, at=by.at
    )


def people(count=24):
    return [
        Candidate(
            values={"Alter": "jung" if n % 2 else "alt", "Sprache": "ar" if n % 6 == 0 else "de"},
            name=f"Geheim {n}",
            email=f"geheim{n}@stadt.example",
            household=f"Weg {n // 2}",
        )
        for n in range(count)
    ]


def listed(draw, by):
    actions.take_pool(draw, people=people(), by=by, at=by.at)
    actions.set_quotas(draw, quotas=QUOTAS, by=by, at=by.at)
    actions.order_list(draw, by=by, at=by.at)
    list_panels(draw.pk)
    return draw.refreshed()


def drawn(draw, by, *, seed="3-1-4", seed_from="dice"):
    draw = actions.announce_draw(
        listed(draw, by), seed_from=seed_from, public=True, by=by, at=by.at
    )
    seed = draw.seed or seed
    number = insights.draw_number(queries.panel_numbers(draw), draw.panels.digest, seed)
    return actions.draw_panel(draw, seed=seed, number=number, by=by, at=by.at)


def test_every_panel_meets_the_quotas_and_the_drawn_one_is_the_seeds(draw, by):
    draw = drawn(draw, by)
    values = {t.number: t.values for t in draw.tickets.all()}

    for panel in draw.panels.numbers:
        for name, value, low, high in QUOTAS:
            assert low <= sum(values[one][name] == value for one in panel) <= high
    assert [t.number for t in queries.draw_page(draw).panel] == sorted(
        draw.panels.numbers[draw.drawn_number]
    )


def test_the_command_reads_the_published_files_and_draws_the_same(draw, by, tmp_path):
    draw.per_household = 1
    draw.save()
    draw = drawn(draw, by)
    said = queries.published(draw)
    for name in files.FILES:
        made = files.file_of(said, name, has_people=True)
        (tmp_path / name).write_bytes(made.content)
    pool = lot.read_pool(
        tmp_path / "vorgaben.csv",
        tmp_path / "menschen.csv",
        size=5,
        household=lot.Household(files.HOUSEHOLD, 1),
    )
    found = lot.lottery(pool)
    again = lot.check_list(tmp_path / "liste.json", draw.seed)

    assert (found.digest, lot.draw(found, draw.seed).number) == (
        draw.panels.digest,
        draw.drawn_number,
    )
    assert (again.holds, again.number) == (True, draw.drawn_number)
    assert (again.same_digest, again.same_seed, again.same_number) == (True, None, True)


def test_a_list_that_was_tampered_with_does_not_hold(draw, by, tmp_path):
    draw = drawn(draw, by, seed_from="before")
    path = tmp_path / "liste.json"
    said = json.loads(
        files.file_of(queries.published(draw), "liste.json", has_people=False).content
    )
    said["panels"][0], said["panels"][1] = said["panels"][1], said["panels"][0]
    path.write_text(json.dumps(said))

    assert lot.check_list(path, draw.seed).same_digest is (said["panels"][0] == said["panels"][1])
    assert lot.check_list(path, "another seed").same_seed is False


def test_events_and_files_tell_numbers_and_no_names(draw, by):
    draw = drawn(draw, by)
    told = [str(e.data) for e in Event.objects.all()]
    told += [str(d.data) for d in EventDetail.objects.all()]
    said = queries.published(draw)
    told += [str(files.file_of(said, name, has_people=True).content) for name in files.FILES]

    assert not [text for text in told if "Geheim" in text or "geheim" in text or "Weg" in text]
    event = Event.objects.get(kind="draw.drawn")
    assert event.is_public
    assert (event.data["seed"], event.data["number"]) == (draw.seed, draw.drawn_number)
    assert event.data["digest"] == draw.panels.digest


def test_a_seed_made_beforehand_is_fixed_by_its_checksum(draw, by):
    draw = actions.announce_draw(listed(draw, by), seed_from="before", public=True, by=by, at=by.at)
    announced = Event.objects.get(kind="draw.announced").data

    assert announced["commitment"] == lot.commitment(draw.seed) == draw.commitment
    assert draw.seed not in str(announced)
    assert queries.published(draw).facts["seed"] == ""
    with pytest.raises(Invalid):
        actions.draw_panel(draw, seed="chosen to my liking", number=0, by=by, at=by.at)
    assert draw.refreshed().state == "announced"


def test_it_is_drawn_once(draw, by):
    draw = drawn(draw, by)
    with pytest.raises(Closed):
        actions.draw_panel(draw, seed="again", number=1, by=by, at=by.at)
    assert draw.refreshed().seed == "3-1-4"


def test_nothing_changes_after_the_announcement(draw, by):
    draw = actions.announce_draw(listed(draw, by), seed_from="dice", public=False, by=by, at=by.at)
    for act in (
        lambda: actions.take_pool(draw, people=people(), by=by, at=by.at),
        lambda: actions.set_quotas(draw, quotas=[], by=by, at=by.at),
        lambda: actions.order_list(draw, by=by, at=by.at),
    ):
        with pytest.raises(Closed):
            act()


def test_quotas_that_contradict_are_said_and_the_smallest_change_helps(draw, by):
    pool = [insights.Person(str(n), {"Alter": "jung"}) for n in range(8)]
    with pytest.raises(insights.CannotCompute) as refused:
        insights.check(pool, [["Alter", "jung", 0, 3]], size=5, per_household=None)

    assert "höchstens 3" in str(refused.value.what)
    assert insights.relaxed([["Alter", "jung", 0, 3]], refused.value) == [["Alter", "jung", 0, 5]]


def test_the_worker_says_why_there_is_no_list_and_people_can_go_on(draw, by):
    actions.take_pool(draw, people=people(), by=by, at=by.at)
    actions.set_quotas(
        draw, quotas=[["Alter", "alt", 0, 1], ["Alter", "jung", 0, 1]], by=by, at=by.at
    )
    actions.order_list(draw, by=by, at=by.at)
    list_panels(draw.pk)
    draw = draw.refreshed()

    assert (draw.state, "höchstens 1" in draw.trouble) == ("preparing", True)


def test_a_list_without_people_names_what_is_missing(draw, by):
    with pytest.raises(NotReady):
        actions.order_list(draw, by=by, at=by.at)


def test_whoever_declines_is_replaced_and_never_asked_again(draw, by):
    draw = drawn(draw, by)
    gone = []
    for _round in range(3):
        panel = [t.number for t in queries.draw_page(draw).panel]
        first = panel[0]
        found = insights.move_up(
            [insights.Person(*row) for row in queries.numbers_in(draw)],
            draw.quotas,
            size=draw.size,
            per_household=None,
            panel=panel,
            gone=first,
            away=queries.away_from(draw),
            seed=draw.seed,
        )
        assert found.new not in gone
        actions.replace_drawn(
            draw, gone=first, new=found.new, same_type=found.same_type, missed=found.missed,
            reason="declined", note="Krank", by=by, at=by.at,
        )  # fmt: skip
        gone.append(first)
        assert len(queries.draw_page(draw).panel) == 5
    event = Event.objects.filter(kind="draw.replaced").first()

    assert set(event.data) == {"gone", "new", "reason", "seed"}
    with pytest.raises(Invalid):
        actions.replace_drawn(
            draw, gone=gone[0], new=None, same_type=False, missed=[], reason="declined",
            by=by, at=by.at,
        )  # fmt: skip


def test_those_drawn_get_seats_once_and_whoever_moves_up_gets_the_seat(draw, by):
    draw = drawn(draw, by)
    assert actions.seat_drawn(draw, by=by, at=by.at) == 5
    assert actions.seat_drawn(draw, by=by, at=by.at) == 0
    seats = list(draw.body.seats.all())
    assert len({seat.holder_id for seat in seats}) == 5

    first = draw.tickets.filter(is_drawn=True).first()
    other = draw.tickets.filter(is_drawn=False).first()
    seat = first.seat
    actions.replace_drawn(
        draw, gone=first.number, new=other.number, same_type=True, missed=[], reason="moved",
        by=by, at=by.at,
    )  # fmt: skip
    seat.refresh_from_db()
    other.refresh_from_db()
    assert (seat.holder.name, other.seat) == (other.name, seat)


def test_those_drawn_come_onto_the_list_of_a_meeting_once(draw, by):
    draw = drawn(draw, by)
    meeting = make.MeetingFactory(process=draw.process, body=draw.body)

    assert actions.invite_drawn(draw, meeting, by=by, at=by.at) == 5
    assert actions.invite_drawn(draw, meeting, by=by, at=by.at) == 0
    assert Attendance.objects.filter(meeting=meeting).count() == 5


def test_two_who_were_drawn_and_share_an_address_are_both_on_the_list(draw, by):
    draw = drawn(draw, by)
    first, second, *_others = draw.tickets.filter(is_drawn=True)
    Ticket.objects.filter(pk=second.pk).update(email=first.email)
    meeting = make.MeetingFactory(process=draw.process, body=draw.body)

    assert actions.invite_drawn(draw, meeting, by=by, at=by.at) == 5
    assert actions.invite_drawn(draw, meeting, by=by, at=by.at) == 0
    rows = Attendance.objects.filter(meeting=meeting, name__in=[first.name, second.name])
    assert sorted(rows.values_list("email", flat=True)) == ["", first.email]


def test_names_of_those_not_drawn_go_and_nobody_moves_up_any_more(draw, by):
    draw = drawn(draw, by)
    assert actions.erase_names(draw, by=by, at=by.at) == 19
    assert actions.erase_names(draw, by=by, at=by.at) == 0

    assert not Ticket.objects.filter(is_drawn=False).exclude(name="", email="").exists()
    assert len(queries.away_from(draw)) == 19
    assert Event.objects.filter(kind="draw.names_erased").count() == 1


def test_rule_and_list_agree_on_who_sees_a_draw(draw, by, town):
    hidden = draw
    public = make.DrawFactory(process=draw.process, body=draw.body, is_public=True)
    seat = make.SeatFactory(body=draw.body)
    somebody = {
        "coordinator": by,
        "sits": make.member(town, seats=(make.seat_held(seat),)),
        "member": make.member(town),
        "visitor": make.visitor(town),
    }
    seen = {}
    for name, standing in somebody.items():
        rows = set(queries.draws_visible_to(town, standing))
        assert rows == {d for d in (hidden, public) if allowed(standing, "process.see_draw", d)}
        seen[name] = (len(rows), allowed(standing, "process.draw", hidden))

    assert seen == {
        "coordinator": (2, True),
        "sits": (2, False),
        "member": (1, False),
        "visitor": (1, False),
    }
    stranger = make.coordinator(make.MunicipalityFactory())
    assert set(queries.draws_visible_to(town, stranger)) == {public}


def test_what_could_be_a_formula_is_text_in_the_files(draw, by):
    actions.take_pool(
        draw, people=[Candidate(values={"Alter": "=1+1"}), Candidate()], by=by, at=by.at
    )
    values = sorted(t.values["Alter"] for t in draw.tickets.all())

    assert values == ["'=1+1", "keine Angabe"]


def test_a_draw_of_a_hidden_body_cannot_be_public(draw, by):
    draw.body.is_public = False
    draw.body.save()
    with pytest.raises(Invalid):
        actions.announce_draw(listed(draw, by), seed_from="dice", public=True, by=by, at=by.at)
    assert Draw.objects.get().state == "listed"


def test_a_forgotten_person_leaves_a_number_and_a_free_place(draw, by, town):
    person = make.PersonFactory(municipality=town, name="Geht", function="Bücherei")
    others = [Candidate(values={"Alter": "alt"}, name=f"Mensch {n}") for n in range(5)]
    own = Candidate(values={"Alter": "jung"}, person=person)
    actions.take_pool(draw, people=[own, *others], by=by, at=by.at)
    meeting = make.MeetingFactory(process=draw.process, body=draw.body)
    guest = actions.Seatable(name="Geht", person=person)
    actions.plan_tables(
        meeting, title="Tische", source="body", tables=1, rounds=1, guests=[guest], by=by, at=by.at
    )

    forget_person(person, by=by, at=by.at)

    assert not Ticket.objects.filter(person=person).exists()
    assert draw.tickets.count() == 6
    assert [t.who for t in draw.tickets.filter(values={"Alter": "jung"})] == [""]
    assert not Guest.objects.filter(name="Geht").exists()


def announced(draw, by, **how):
    how = {"seed_from": "dice", "public": True, **how}
    return actions.announce_draw(listed(draw, by), **how, by=by, at=by.at)


def test_a_draw_called_off_says_why_and_forgets_people_and_seed(draw, by):
    draw = announced(draw, by, seed_from="before")
    digest, commitment = draw.panels.digest, draw.commitment
    draw = actions.call_off_draw(draw, reason=" Drei fehlten im Topf. ", by=by, at=by.at)
    again = actions.call_off_draw(draw, reason="Drei fehlten im Topf.", by=by, at=by.at)

    assert (again.state, again.called_off_because) == ("called_off", "Drei fehlten im Topf.")
    assert (again.seed, again.commitment, again.panels.digest) == ("", commitment, digest)
    assert not draw.tickets.exclude(name="", email="", person=None).exists()
    assert draw.tickets.count() == 24
    event = Event.objects.get(kind="draw.called_off")
    assert (event.is_public, "Topf" in str(event.data)) == (True, False)


def test_a_draw_is_called_off_only_between_announcement_and_draw(draw, by):
    with pytest.raises(Closed):
        actions.call_off_draw(draw, reason="Zu früh.", by=by, at=by.at)
    draw = announced(draw, by)
    with pytest.raises(Invalid) as refused:
        actions.call_off_draw(draw, reason="  ", by=by, at=by.at)
    assert set(refused.value.fields) == {"reason"}
    number = insights.draw_number(queries.panel_numbers(draw), draw.panels.digest, "6-6")
    draw = actions.draw_panel(draw, seed="6-6", number=number, by=by, at=by.at)
    with pytest.raises(Closed) as closed:
        actions.call_off_draw(draw, reason="Gefällt nicht.", by=by, at=by.at)
    assert "drawn" in str(closed.value.what) or "gelost" in str(closed.value.what)
    assert draw.refreshed().state == "drawn"


def test_what_was_called_off_is_over_for_good(draw, by):
    draw = actions.call_off_draw(announced(draw, by), reason="Krank.", by=by, at=by.at)
    for act in (
        lambda: actions.draw_panel(draw, seed="1", number=0, by=by, at=by.at),
        lambda: actions.take_pool(draw, people=people(), by=by, at=by.at),
        lambda: actions.announce_draw(draw, seed_from="dice", public=True, by=by, at=by.at),
        lambda: actions.call_off_draw(draw, reason="Anders.", by=by, at=by.at),
    ):
        with pytest.raises(Closed):
            act()
    said = queries.published(draw.refreshed()).facts
    assert (said["called_off"], said["seed"], said["panel"]) == (str(localdate(by.at)), "", [])


def test_what_the_manual_prints_checks_a_draw(draw, by, tmp_path, monkeypatch, capsys):
    manual = (Path(__file__).parents[2] / "docs/using/mitreden.md").read_text(encoding="utf-8")
    lines = manual.split("```python\n")[1].split("```")[0]
    draw = drawn(draw, by)
    made = files.file_of(queries.published(draw), "liste.json", has_people=False)
    monkeypatch.chdir(tmp_path)
    (tmp_path / "liste.json").write_bytes(made.content)

    exec(lines, {})  # it is our own manual that is tried out

    assert capsys.readouterr().out.splitlines() == [
        "Prüfsumme stimmt: True",
        f"Gezogen ist: {draw.drawn_number} True",
    ]


def test_a_meeting_of_yesterday_lies_behind_also_at_half_past_midnight(draw, by):
    yesterday, today = date(2026, 11, 27), date(2026, 11, 28)
    for day in (yesterday, today):
        make.MeetingFactory(process=draw.process, body=draw.body, happened_on=day)
    night = replace(by, at=datetime(2026, 11, 27, 23, 30, tzinfo=UTC))  # 0.30 in Berlin
    assert [m.happened_on for m in queries.meetings_ahead(draw, night)] == [today]
