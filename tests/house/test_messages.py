from __future__ import annotations

from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings

from tools import messages


@pytest.mark.parametrize("package", messages.packages())
def test_german_catalogue_is_complete(package):
    assert messages.check(package) == []


def test_django_reads_every_catalogue():
    """It looks into installed apps and LOCALE_PATHS; elsewhere a catalogue would be decoration."""
    catalogues = {path.parents[2] for path in messages.PACKAGE.glob("*/locale/*/LC_MESSAGES/*.po")}
    apps_read = {Path(app.path) / "locale" for app in apps.get_app_configs()}

    assert catalogues - apps_read - {Path(path) for path in settings.LOCALE_PATHS} == set()
