"""One event is told to several, once to each."""

from __future__ import annotations

import pytest
from django.utils import timezone

from miteinander.core.models import Event, Mail
from miteinander.notices import once
from miteinander.notices.handed import HANDED_IN
from tests import factories as make

pytestmark = pytest.mark.django_db


def test_whoever_is_concerned_twice_is_told_once(django_assert_num_queries):
    town = make.MunicipalityFactory()
    first, second = make.PersonFactory.create_batch(2, municipality=town)
    event = Event.objects.create(municipality=town, kind="field.handed_in", at=timezone.now())
    words = dict.fromkeys(("municipality", "field", "reason", "link"), "…")
    with django_assert_num_queries(1):
        assert once.untold(event, [first, second, first]) == [first, second]
    once.tell(event, first, (HANDED_IN, town), lambda: words, at=timezone.now())
    assert once.untold(event, [first, second, first]) == [second]
    assert Mail.objects.get().to == first.email
