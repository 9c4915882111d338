"""Keep the message catalogues in step with the code: one catalogue per package.

    python tools/messages.py                    update all catalogues
    python tools/messages.py public strategy    only these packages
    python tools/messages.py --check            change nothing; exit 1 and list what is open

Messages are found in Python by Babel, in templates by Django's own translator of templates
into Python, so both see exactly what Django sees at run time. What is translated stays;
what is no longer used goes (Git remembers it). Files carry no dates and no line numbers:
a catalogue only changes when a text does.
"""

from __future__ import annotations

import argparse
import re
import sys
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract
from babel.messages.pofile import read_po, write_po
from django.utils.translation.template import templatize

PACKAGE = Path(__file__).resolve().parents[1] / "src" / "miteinander"
LANGUAGE = "de"  # what must be complete; other languages may lag behind, visibly

SINGULAR: dict[str, tuple[object, ...] | None] = dict.fromkeys(
    ("_", "gettext", "gettext_lazy", "gettext_noop")
)
KEYWORDS = SINGULAR | {
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
    "npgettext_lazy": ((1, "c"), 2, 3),
}
HEADER = """\
msgid ""
msgstr ""
"Language: {language}\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=utf-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"Plural-Forms: {plurals};\\n"

"""
PLACEHOLDER = re.compile(r"%\(\w+\)[a-z]|%[sd]|\{\w*\}")

Key = tuple[str, str]  # (context, message id)


@dataclass
class Used:
    """One message that a package uses, and where, for people who read the report."""

    id: str | tuple[str, str]
    context: str | None
    comments: list[str] = field(default_factory=list)
    places: list[str] = field(default_factory=list)


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description="Update or check the message catalogues.")
    parser.add_argument("package", nargs="*", help="default: all packages")
    parser.add_argument("--check", action="store_true", help="change nothing, list what is open")
    options = parser.parse_args(arguments)
    names = options.package or packages()
    if unknown := sorted(set(names) - set(packages())):
        parser.error(f"no such package: {', '.join(unknown)}")
    if options.check:
        problems = [problem for name in names for problem in check(name)]
        print("\n".join(problems) or "All messages are translated.")
        return 1 if problems else 0
    for name in names:
        update(name)
    return 0


def packages(root: Path = PACKAGE) -> list[str]:
    return sorted(path.parent.name for path in root.glob("*/__init__.py"))


# --- what the code says -------------------------------------------------------------------


def used(folder: Path) -> dict[Key, Used]:
    """All messages of a package's Python files and templates."""
    found: dict[Key, Used] = {}
    for path in sorted(folder.rglob("*.py")):
        if "migrations" not in path.parts:
            _collect(found, path.read_text(encoding="utf-8"), path.relative_to(folder))
    for path in sorted([*folder.rglob("templates/**/*.html"), *folder.rglob("templates/**/*.txt")]):
        source = templatize(path.read_text(encoding="utf-8"), origin=str(path))
        # Django leaves the indentation of the template, which is none of Python.
        lines = "\n".join(line.strip() for line in source.splitlines())
        _collect(found, lines, path.relative_to(folder))
    return found


def _collect(found: dict[Key, Used], source: str, place: Path) -> None:
    file = BytesIO(source.encode("utf-8"))
    options = {"encoding": "utf-8"}
    for line, ids, comments, context in extract(
        "python", file, KEYWORDS, ["Translators:"], options, strip_comment_tags=False
    ):
        plain = tuple(ids) if isinstance(ids, (tuple, list)) else ids
        key = (context or "", plain[0] if isinstance(plain, tuple) else plain)
        message = found.setdefault(key, Used(plain, context))
        if isinstance(plain, tuple):
            message.id = plain  # a message with and without plural is one message with plural
        message.comments += [each for each in comments if each not in message.comments]
        message.places.append(f"{place}:{line}")


# --- what the catalogues say ----------------------------------------------------------------


def catalogue_path(folder: Path, language: str = LANGUAGE) -> Path:
    return folder / "locale" / language / "LC_MESSAGES" / "django.po"


def read(path: Path, language: str) -> Catalog:
    if not path.exists():
        return Catalog(locale=language)
    with path.open("rb") as file:
        return read_po(file, locale=language, abort_invalid=True)


def update(name: str, root: Path = PACKAGE) -> None:
    """Bring every catalogue of a package in step with its code."""
    folder = root / name
    wanted = used(folder)
    languages = {path.parents[1].name for path in folder.glob("locale/*/LC_MESSAGES/django.po")}
    for language in sorted(languages | {LANGUAGE}):
        path = catalogue_path(folder, language)
        if not wanted:
            path.unlink(missing_ok=True)
            continue
        text = written(wanted, read(path, language), language)
        if not path.exists() or path.read_text(encoding="utf-8") != text:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
            print(f"{path.relative_to(root)}: {len(wanted)} messages", file=sys.stderr)


def written(wanted: dict[Key, Used], old: Catalog, language: str) -> str:
    new = Catalog(locale=language)
    for message in wanted.values():
        known = old.get(_plain(message.id), message.context)
        text, flags = _carried_over(message, known, new.num_plurals)
        new.add(
            message.id, text, context=message.context, auto_comments=message.comments, flags=flags
        )
    file = BytesIO()
    write_po(file, new, width=0, no_location=True, omit_header=True, sort_output=True)
    header = HEADER.format(language=language, plurals=new.plural_forms.rstrip("; "))
    return header + file.getvalue().decode("utf-8").strip("\n") + "\n"


def _carried_over(
    message: Used, known: Message | None, plurals: int
) -> tuple[str | tuple[str, ...], set[str]]:
    """Return the existing translation in the shape that the message needs now."""
    empty = ("",) * plurals if isinstance(message.id, tuple) else ""
    if known is None:
        return empty, set()
    flags = {"fuzzy"} & set(known.flags)
    old = known.string if isinstance(known.string, (tuple, list)) else (known.string,)
    if isinstance(message.id, tuple):
        forms = (*old, *empty)[:plurals]
        return forms, flags | ({"fuzzy"} if len(old) != plurals and any(old) else set())
    return old[0], flags


def _plain(ids: str | tuple[str, str]) -> str:
    return ids[0] if isinstance(ids, tuple) else ids


# --- whether both agree -----------------------------------------------------------------------


def check(name: str, root: Path = PACKAGE) -> list[str]:
    """Everything that is missing, doubtful, unused or broken, one sentence each."""
    folder = root / name
    wanted = used(folder)
    problems = []
    paths = {catalogue_path(folder), *folder.glob("locale/*/LC_MESSAGES/django.po")}
    for path in sorted(paths):
        language = path.parents[1].name
        catalogue = read(path, language)
        known = {(m.context or "", _plain(m.id)): m for m in catalogue if m.id}
        where = f"{name}/{language}"
        if language == LANGUAGE:
            problems += [
                f'{where}: missing "{key[1]}" ({message.places[0]})'
                for key, message in wanted.items()
                if key not in known or not _complete(known[key], message)
            ]
        problems += [f'{where}: unused "{key[1]}"' for key in known if key not in wanted]
        problems += [f'{where}: fuzzy "{key[1]}"' for key, m in known.items() if m.fuzzy]
        problems += [
            f'{where}: placeholders differ in "{key[1]}"'
            for key, m in known.items()
            if not _same_placeholders(m)
        ]
    return problems


def _complete(known: Message, message: Used) -> bool:
    forms = known.string if isinstance(known.string, (tuple, list)) else (known.string,)
    return all(forms) and isinstance(message.id, tuple) == isinstance(known.id, (tuple, list))


def _same_placeholders(message: Message) -> bool:
    """Every form uses placeholders of its id; a plural's first form may leave the number out."""
    ids = message.id if isinstance(message.id, (tuple, list)) else (message.id,)
    forms = message.string if isinstance(message.string, (tuple, list)) else (message.string,)
    allowed = [set(PLACEHOLDER.findall(each)) for each in ids]
    for number, form in enumerate(forms):
        wanted = allowed[min(number, len(allowed) - 1)]
        if not form:
            continue  # reported as missing
        here = set(PLACEHOLDER.findall(form))
        if here - allowed[-1] or (wanted - here and len(forms) == 1):
            return False
        if len(forms) > 1 and number > 0 and wanted - here:
            return False
    return True


if __name__ == "__main__":
    sys.exit(main())
