"""Templates can be read, link what exists, and hold no inline style or script (strict CSP)."""

from __future__ import annotations

import re

import pytest
from django.contrib.staticfiles import finders
from django.template.loader import get_template

from tests.house.files import name_of, templates

INLINE = {
    "style attribute": re.compile(r"<[^>]*\sstyle\s*=", re.I),
    "style element": re.compile(r"<style\b", re.I),
    "script without src": re.compile(r"<script\b(?![^>]*\ssrc=)", re.I),
    "event handler": re.compile(r"<[^>]*\son[a-z]+\s*=", re.I),
    "javascript address": re.compile(r"""=\s*["']?javascript:""", re.I),
}
STATIC = re.compile(r"""{%\s*static\s+["']([^"']+)["']""")
COMMENT = re.compile(r"\{#.*?#\}|\{% comment.*?endcomment %\}", re.S)


def inline_in(source: str) -> list[str]:
    plain = COMMENT.sub("", source)
    return [name for name, pattern in INLINE.items() if pattern.search(plain)]


def test_no_template_holds_inline_style_or_script():
    found = {name_of(path): inline_in(path.read_text(encoding="utf-8")) for path in templates()}

    assert {name: kinds for name, kinds in found.items() if kinds} == {}


@pytest.mark.parametrize(
    ("source", "kind"),
    [
        ('<p class="a" style="color: red">', "style attribute"),
        ("<style>p {}</style>", "style element"),
        ("<script>alert(1)</script>", "script without src"),
        ('<script type="module">', "script without src"),
        ('<button\n  onclick="go()">', "event handler"),
        ('<a href="javascript:go()">', "javascript address"),
    ],
)
def test_inline_style_or_script_would_be_seen(source, kind):
    assert kind in inline_in(source)


@pytest.mark.parametrize(
    "source",
    ['<script src="x.js" defer></script>', '<p class="style">on = 1</p>', "{# <style> #}"],
)
def test_what_is_not_inline_passes(source):
    assert inline_in(source) == []


@pytest.mark.parametrize("path", templates(), ids=name_of)
def test_template_can_be_read_by_django(path):
    """Tags, filters and the arguments of components are checked when a template is compiled."""
    name = path.relative_to(next(up for up in path.parents if up.name == "templates"))

    assert get_template(str(name)).origin.name == str(path)  # and no other one hides it


def test_every_static_file_that_a_template_names_exists():
    named = {
        name for path in templates() for name in STATIC.findall(path.read_text(encoding="utf-8"))
    }

    assert named
    assert {name for name in named if finders.find(name) is None} == set()
