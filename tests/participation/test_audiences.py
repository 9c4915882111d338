"""To whom a call is put: the rule and its list twins, before, during and after its time."""

from __future__ import annotations

import datetime as dt

import pytest
from django.utils import timezone

from miteinander.core.errors import NotThere
from miteinander.core.rights import allowed
from miteinander.core.standing import Standing
from miteinander.participation import actions, queries
from miteinander.participation.states import Audience, Channel
from tests import factories as f

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)
CODE, OTHER = "M4RK-7TZW-0QHA", "M4RK-7TZW-0QHB"
WHEN = {"before": (1, 2), "during": (-1, 1), "after": (-2, -1)}


def with_code(town, *codes):
    return Standing(municipality=town.pk, at=timezone.now(), codes=frozenset(codes))


def put(process, audience, *, when="during", **more):
    opens, closes = (timezone.now() + days * DAY for days in WHEN[when])
    return f.CallFactory(
        process=process,
        phase=f.PhaseFactory(process=process),
        audience=audience,
        is_public=audience == Audience.PUBLIC,
        opens_at=opens,
        closes_at=closes,
        **more,
    )


def world(when="during"):
    """A town with one call of each sort, and everybody who may come along."""
    town, other = f.MunicipalityFactory(), f.MunicipalityFactory()
    process = f.ProcessFactory(municipality=town)
    body, far = f.BodyFactory(municipality=town), f.BodyFactory(municipality=town)
    calls = {
        "public": put(process, "public", when=when),
        "members": put(process, "members", when=when),
        "body": put(process, "body", when=when, body=body),
        "code": put(process, "code", when=when, access_code=CODE),
    }
    people = {
        "visitor": f.visitor(town),
        "code": with_code(town, CODE),
        "wrong code": with_code(town, OTHER),
        "member": f.member(town),
        "seat": f.member(town, bodies=frozenset({body.pk})),
        "other seat": f.member(town, bodies=frozenset({far.pk})),
        "coordinator": f.coordinator(town),
        "stranger": f.visitor(other),
        "strange code": with_code(other, CODE),
        "strange member": f.member(other, bodies=frozenset({body.pk})),
        "strange coordinator": f.coordinator(other),
    }
    return town, calls, people


SEEN = {
    "visitor": {"public"},
    "code": {"public", "code"},
    "wrong code": {"public"},
    "member": {"public", "members"},
    "seat": {"public", "members", "body"},
    "other seat": {"public", "members"},
    "coordinator": {"public", "members", "body", "code"},
    "stranger": set(),
    "strange code": set(),
    "strange member": set(),
    "strange coordinator": set(),
}


def there(town, standing, call):
    try:
        return queries.call_at(town, standing, call.identifier) == call
    except NotThere:
        return False


@pytest.mark.parametrize("when", WHEN)
@pytest.mark.parametrize("who", SEEN)
def test_rule_and_every_list_agree_on_who_sees_a_call(who, when):
    town, calls, people = world(when)
    standing, expected = people[who], {calls[name] for name in SEEN[who]}

    assert {c for c in calls.values() if allowed(standing, "participation.see_call", c)} == expected
    assert set(queries.calls_visible_to(town, standing)) == expected
    assert {c for c in calls.values() if there(town, standing, c)} == expected
    if standing.municipality == town.pk:
        assert set(queries.calls_put_to(town, standing)) == expected
        assert set(queries.calls_of_all([calls["public"].process], standing)) == expected


@pytest.mark.parametrize("state", ["submitted", "published", "internal", "refused", "withdrawn"])
@pytest.mark.parametrize("who", SEEN)
def test_rule_and_every_list_agree_on_who_reads_what_is_said_in_it(who, state):
    town, calls, people = world()
    standing = people[who]
    said = {
        name: f.ContributionFactory(
            process=call.process,
            call=call,
            state=state,
            is_public=call.is_public and state == "published",
        )
        for name, call in calls.items()
    }
    names = SEEN[who] if state == "published" or who == "coordinator" else set()
    expected = {said[name] for name in names}
    right = "participation.see_contribution"

    assert {c for c in said.values() if allowed(standing, right, c)} == expected
    assert set(queries.contributions_visible_to(town, standing)) == expected
    assert set(queries.contributions_visible_to(calls["public"].process, standing)) == expected
    found = set()
    for contribution in said.values():
        try:
            found.add(queries.contribution_at(town, standing, contribution.identifier))
        except NotThere:
            continue
    assert found == expected


@pytest.mark.parametrize("who", SEEN)
def test_rule_and_every_list_agree_on_who_sees_the_statements_of_a_call(who):
    town, calls, people = world()
    standing = people[who]
    stated = {n: f.StatementFactory(call=c, is_public=c.is_public) for n, c in calls.items()}
    expected = {stated[name] for name in SEEN[who]}

    right = "participation.see_statement"
    assert {s for s in stated.values() if allowed(standing, right, s)} == expected
    assert set(queries.statements_visible_to(town, standing)) == expected
    for name, statement in stated.items():
        assert (statement in queries.statements_visible_to(calls[name], standing)) == (
            statement in expected
        )


@pytest.mark.parametrize("audience", Audience)
def test_what_is_published_in_a_call_is_public_only_where_the_call_is(audience):
    process = f.ProcessFactory()
    more = {
        "body": {"body": f.BodyFactory(municipality=process.municipality)},
        "code": {"access_code": CODE},
    }.get(audience, {})
    call = put(process, audience, **more)
    office = {"by": f.coordinator(process.municipality), "at": timezone.now()}
    sent, _code = actions.submit_contribution(
        call, text="Ein Treff fehlt.", may_publish=True, form_key="eins",
        by=f.visitor(process.municipality), at=timezone.now(),
    )  # fmt: skip
    sent = actions.publish_contribution(sent, **office)
    typed = actions.record_contribution(
        process, text="Ein Kurs fehlt.", channel=Channel.PAPER, call=call, **office
    )
    is_public = audience == Audience.PUBLIC
    assert (sent.state, sent.is_public) == ("published", is_public)
    assert (typed.state, typed.is_public) == ("published", is_public)
    assert set(queries.published_in(call).rows) == {sent, typed}
    assert set(queries.published_in(process).rows) == ({sent, typed} if is_public else set())


@pytest.mark.parametrize("typed", [CODE, "m4rk7tzw0qha", " m4rk 7tzw oqha "])
def test_a_code_is_found_however_it_was_typed(typed):
    _town, calls, _people = world()
    assert queries.call_with_code(calls["code"].municipality, typed) == calls["code"]


@pytest.mark.parametrize("typed", ["", "M4RK", OTHER, "ÄÖÜß" * 3, "0" * 12])
def test_what_is_no_code_of_this_town_opens_nothing(typed):
    _town, calls, _people = world()
    assert queries.call_with_code(calls["code"].municipality, typed) is None
    assert queries.call_with_code(f.MunicipalityFactory(), CODE) is None


def test_a_code_that_was_taken_out_of_use_opens_nothing_any_more():
    town, calls, people = world()
    calls["code"].access_code = OTHER
    calls["code"].save()
    assert not there(town, people["code"], calls["code"])
    assert there(town, people["wrong code"], calls["code"])
