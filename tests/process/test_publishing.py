"""What the public is to see begins with a public process; else it would stay hidden for ever."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils.timezone import localdate

from miteinander.core.errors import Closed
from miteinander.participation import actions as participation
from miteinander.strategy import actions as strategy
from tests.factories import MunicipalityFactory, PhaseFactory, ProcessFactory, coordinator

pytestmark = pytest.mark.django_db


@pytest.fixture
def process():
    found = ProcessFactory(municipality=MunicipalityFactory(), is_public=False)
    PhaseFactory(process=found)
    return found


def open_call(process, by):
    return participation.open_call(
        process.phases.get(),
        title="Orte",
        question="Wo fehlt ein Ort?",
        opens_at=by.at,
        closes_at=by.at + timedelta(days=2),
        answer_by=localdate(by.at + timedelta(days=5)),
        by=by,
        at=by.at,
    )


def name_theme(process, by):
    return participation.name_theme(process, title="Orte", by=by, at=by.at)


def record_card(process, by):
    return participation.record_contribution(
        process, text="Ein Treffpunkt fehlt.", channel="card", by=by, at=by.at
    )


def begin_concept(process, by):
    return strategy.begin_concept(process, title="Konzept", by=by, at=by.at)


@pytest.mark.parametrize("act", [open_call, name_theme, record_card, begin_concept])
def test_it_is_refused_before_and_public_after_publishing(process, act):
    by = coordinator(process.municipality)
    with pytest.raises(Closed) as refusal:
        act(process, by)
    assert "Veröffentlichen" in str(refusal.value.do)

    type(process).objects.filter(pk=process.pk).update(is_public=True)

    assert act(process, by).is_public
