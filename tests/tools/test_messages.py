from __future__ import annotations

import pytest

from tools import messages

PYTHON = """
from django.utils.translation import gettext_lazy as _, ngettext, pgettext
TITLE = _("Hello %(name)s")
def goals(n):
    return ngettext("%(n)d goal", "%(n)d goals", n), pgettext("month", "May")
"""
TEMPLATE = """
  {% if x %}
     <p title="{% translate "It's here" %}">Don't {{ x|default:_("nobody") }}</p>
    {% endif %}{% notice title=_("Look") %}
  {% blocktranslate trimmed count n=things|length %}
     {{ n }} thing
  {% plural %}
     {{ n }} things
  {% endblocktranslate %}{% endnotice %}
"""


@pytest.fixture
def root(tmp_path):
    folder = tmp_path / "town"
    (folder / "templates" / "town").mkdir(parents=True)
    (folder / "__init__.py").touch()
    (folder / "words.py").write_text(PYTHON, encoding="utf-8")
    (folder / "templates" / "town" / "page.html").write_text(TEMPLATE, encoding="utf-8")
    return tmp_path


def catalogue(root):
    return messages.catalogue_path(root / "town")


def translate(root, **texts):
    """Fill in translations; `empty="…"` fills everything that is left."""
    text = catalogue(root).read_text(encoding="utf-8")
    for message, translation in texts.items():
        text = text.replace(
            f'msgid "{message}"\nmsgstr ""', f'msgid "{message}"\nmsgstr "{translation}"'
        )
    catalogue(root).write_text(text, encoding="utf-8")


def test_messages_are_found_in_python_and_templates(root):
    assert set(messages.used(root / "town")) == {
        ("", "Hello %(name)s"),
        ("", "%(n)d goal"),
        ("month", "May"),
        ("", "It's here"),
        ("", "nobody"),
        ("", "Look"),
        ("", "%(n)s thing"),
    }


def test_update_keeps_translations_and_drops_what_is_no_longer_used(root):
    messages.update("town", root)
    translate(root, Look="Schau", nobody="niemand")
    words = root / "town" / "templates" / "town" / "page.html"
    words.write_text('{% translate "Look" %}', encoding="utf-8")

    messages.update("town", root)

    text = catalogue(root).read_text(encoding="utf-8")
    assert 'msgid "Look"\nmsgstr "Schau"' in text
    assert "nobody" not in text
    assert "niemand" not in text


def test_a_second_update_changes_nothing(root):
    messages.update("town", root)
    before = catalogue(root).read_bytes()

    messages.update("town", root)

    assert catalogue(root).read_bytes() == before
    assert b"-Date:" not in before


def test_check_names_what_is_missing_and_where(root):
    messages.update("town", root)

    problems = messages.check("town", root)

    assert 'town/de: missing "Look" (templates/town/page.html:4)' in problems
    assert len(problems) == 7


@pytest.mark.parametrize(
    ("wrong", "right"),
    [("Hallo", "Hallo %(name)s"), ("Hallo %(nmae)s", "Hallo %(name)s")],
)
def test_check_sees_placeholders_that_differ(root, wrong, right):
    messages.update("town", root)
    translate(root, **{"Hello %(name)s": wrong})
    assert 'town/de: placeholders differ in "Hello %(name)s"' in messages.check("town", root)

    messages.update("town", root)
    text = catalogue(root).read_text(encoding="utf-8").replace(f'"{wrong}"', f'"{right}"')
    catalogue(root).write_text(text, encoding="utf-8")
    assert not any("Hello" in problem for problem in messages.check("town", root))


def test_check_sees_what_is_unused_and_what_is_doubtful(root):
    messages.update("town", root)
    with catalogue(root).open("a", encoding="utf-8") as file:
        file.write('\nmsgid "Old"\nmsgstr "Alt"\n')
    text = catalogue(root).read_text(encoding="utf-8")
    text = text.replace('msgid "Look"\nmsgstr ""', '#, fuzzy\nmsgid "Look"\nmsgstr "Schau"')
    catalogue(root).write_text(text, encoding="utf-8")

    problems = messages.check("town", root)

    assert 'town/de: unused "Old"' in problems
    assert 'town/de: fuzzy "Look"' in problems


def test_a_message_that_gains_a_plural_keeps_its_text_but_asks_for_a_look(root):
    (root / "town" / "words.py").write_text('_("%(n)d seat")', encoding="utf-8")
    messages.update("town", root)
    translate(root, **{"%(n)d seat": "%(n)d Sitz"})
    new = 'ngettext("%(n)d seat", "%(n)d seats", n)'
    (root / "town" / "words.py").write_text(new, encoding="utf-8")

    messages.update("town", root)

    assert 'msgstr[0] "%(n)d Sitz"' in catalogue(root).read_text(encoding="utf-8")
    assert 'town/de: fuzzy "%(n)d seat"' in messages.check("town", root)


def test_a_package_without_messages_has_no_catalogue(root):
    messages.update("town", root)
    (root / "town" / "words.py").write_text("", encoding="utf-8")
    (root / "town" / "templates" / "town" / "page.html").write_text("<p>", encoding="utf-8")

    messages.update("town", root)

    assert not catalogue(root).exists()
