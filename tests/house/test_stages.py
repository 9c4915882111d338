"""Who knows one stage knows all: the same rooms everywhere, and no others."""

from __future__ import annotations

import pytest

from tests.house.files import PACKAGE, STAGES

ROOMS = {
    "states", "rules", "models", "events", "queries",
    "actions", "insights", "readers", "forms", "tasks",
}  # fmt: skip
BESIDE = {"__init__.py", "apps.py", "migrations", "locale", "__pycache__"}


@pytest.mark.parametrize("stage", STAGES)
def test_stage_has_only_the_agreed_rooms(stage):
    names = {path.name for path in (PACKAGE / stage).iterdir()} - BESIDE

    assert names - ROOMS - {f"{room}.py" for room in ROOMS} == set()


@pytest.mark.parametrize("stage", STAGES)
def test_a_room_is_a_module_or_a_package_but_not_both(stage):
    names = {path.name for path in (PACKAGE / stage).iterdir()}

    assert {room for room in ROOMS if {room, f"{room}.py"} <= names} == set()
