"""What the documents say is so, and what is so is in the documents."""

from __future__ import annotations

import re

import pytest
from django.apps import apps

from tests.house.files import PACKAGE, ROOT, python

VARIABLE = re.compile(r"MITEINANDER_[A-Z_]+[A-Z]")
# Terms of the glossary whose model is not built yet. This list must only shrink:
# a term that has its model by now may not stand here.
NOT_BUILT_YET = {"Consultation", "Reading"}


def glossary() -> set[str]:
    """Names of classes in the Code column."""
    text = (ROOT / "docs" / "glossary.md").read_text(encoding="utf-8")
    rows = [line.split("|") for line in text.splitlines() if line.startswith("| ")]
    return {name for row in rows for name in re.findall(r"`([A-Z]\w+)`", row[2])}


def models() -> list[type]:
    ours = [m for m in apps.get_models() if m.__module__.startswith("miteinander.")]
    return [model for model in ours if not model._meta.proxy]


def test_every_variable_is_documented_and_every_documented_one_exists():
    table = (ROOT / "docs" / "running" / "settings.md").read_text(encoding="utf-8")
    documented = set(re.findall(r"^\| `(MITEINANDER_[A-Z_]+)`", table, re.M))
    used = {
        name
        for path in python("src")
        for name in VARIABLE.findall(path.read_text(encoding="utf-8"))
    }

    assert documented == used


@pytest.mark.parametrize("term", sorted(glossary() - NOT_BUILT_YET))
def test_term_of_the_glossary_is_one_model_that_says_what_it_is(term):
    named = [model for model in models() if model.__name__ == term]

    assert len(named) == 1
    # Django writes "Name(field, field)" where nobody wrote anything.
    assert not (named[0].__doc__ or "").startswith(f"{term}(")


def test_terms_not_built_yet_are_terms_and_really_missing():
    assert glossary() >= NOT_BUILT_YET
    assert {model.__name__ for model in models()} & NOT_BUILT_YET == set()


def test_every_decision_has_a_number_of_its_own():
    files = [path.name for path in (ROOT / "docs" / "decisions").glob("*.md")]

    assert [name for name in files if not re.match(r"\d{4}-[a-z]", name)] == []
    assert len({name[:4] for name in files}) == len(files)


def test_the_map_in_the_readme_names_every_folder():
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    folders = {path.parent.name for path in PACKAGE.glob("*/__init__.py")}

    assert {name for name in folders if f"{name}/" not in readme} == set()
