from __future__ import annotations

from pathlib import Path

import pytest
from babel.messages.pofile import read_po
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


def test_a_message_says_the_same_in_every_package():
    """All catalogues become one at run time: of two wordings, one would never be seen.

    Where two things share an English word, a context (`pgettext`) or another id tells them apart.
    """
    said: dict[tuple[str | None, str], dict[str, set[str]]] = {}
    for path in sorted(messages.PACKAGE.glob("*/locale/de/LC_MESSAGES/django.po")):
        with path.open("rb") as file:
            for message in read_po(file, locale="de"):
                if message.id:
                    wordings = said.setdefault((message.context, str(message.id)), {})
                    wordings.setdefault(str(message.string), set()).add(path.parts[-5])

    assert {key: wordings for key, wordings in said.items() if len(wordings) > 1} == {}
