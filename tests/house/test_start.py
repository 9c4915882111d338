"""A start is quick and small: what only some pages or the worker need is imported there."""

from __future__ import annotations

import os
import subprocess
import sys

# Each of these costs every process tens of megabytes or tenths of a second.
HEAVY = {
    "PIL", "Stemmer", "docx", "fontTools", "holidays", "icalendar", "lxml", "numpy", "odfdo",
    "openpyxl", "py3langid", "scipy", "typst",
}  # fmt: skip
# Everything a web process has loaded when its first page is asked for.
LOAD = """
import sys
import miteinander.config.wsgi
from django.urls import get_resolver
def load(resolver):
    for pattern in resolver.url_patterns:
        if hasattr(pattern, "url_patterns"):
            load(pattern)
load(get_resolver())
{more}
print(*sorted({{name.partition(".")[0] for name in sys.modules}}))
"""


def loaded(more: str = "") -> set[str]:
    settings = {"DJANGO_SETTINGS_MODULE": "miteinander.config.settings"}
    command = [sys.executable, "-c", LOAD.format(more=more)]
    done = subprocess.run(
        command, env={**os.environ, **settings}, capture_output=True, text=True, check=True
    )
    return set(done.stdout.split())


def test_nothing_heavy_is_imported_at_the_start():
    names = loaded()

    assert {"django", "miteinander"} <= names
    assert names & HEAVY == set()


def test_a_heavy_import_would_be_seen():
    assert loaded("import PIL") & HEAVY == {"PIL"}
