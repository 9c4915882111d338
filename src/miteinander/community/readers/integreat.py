"""Offers out of Integreat: what its public interface says about places, events and pages.

Integreat (integreat-app.de) is where many towns describe what there is for people who have just
arrived. Its interface, version 3, answers `…/api/v3/<town>/<language>/locations/`, `events/` and
`pages/` with a list of entries in JSON. Somebody saves such an answer and sends it here; we ask
no other server anything.

Each entry has a `path`, by which it is found again; an event that repeats has one entry for each
date, told apart by `$` and the date at the end of its path, and becomes one offer that lasts
until its last date. In which languages a page is written says nothing about the languages that
are spoken there, so languages stay empty.
"""

from __future__ import annotations

import html
import json
import re
from datetime import MAXYEAR, MINYEAR, date
from typing import Any

from django.utils.dateparse import parse_datetime
from django.utils.html import strip_tags
from django.utils.timezone import is_aware, localdate
from django.utils.translation import gettext_lazy as _

from miteinander.community.actions import OfferRow
from miteinander.core.errors import Invalid, filled

MOST_ENTRIES = 1_000
MOST_LETTERS = 1_500
"""Of a description: whoever wants all of it reads it at Integreat."""
UNTIL = re.compile(r"\bUNTIL=(\d{4})(\d{2})(\d{2})")


def read_integreat(data: bytes | str) -> list[OfferRow]:
    """Entries of a saved answer, each once, in their order; refused as a whole when broken."""
    entries = _entries(data)
    found: dict[str, OfferRow] = {}
    for number, entry in enumerate(entries, start=1):
        row = _row(number, entry)
        before = found.get(row.source)
        later = before and before.ends and row.ends and row.ends > before.ends
        if before is None or later:
            found[row.source] = row
    return list(found.values())


def compact(rows: list[OfferRow]) -> str:
    """The same rows in the same form again, as short as can be: a page carries them along."""
    return json.dumps(
        [
            {
                "path": row.source.removeprefix("integreat:"),
                "title": row.title,
                "excerpt": row.text,
                "organization": {"name": row.organisation},
                **({"event": {"end_date": row.ends.isoformat()}} if row.ends else {}),
            }
            for row in rows
        ],
        ensure_ascii=False,
    )


def _entries(data: bytes | str) -> list[Any]:
    try:
        found = json.loads(data)
    except UnicodeDecodeError as problem:
        raise _refused(
            _("This is no text in UTF-8. Please save the answer again, without changing it.")
        ) from problem
    except json.JSONDecodeError as problem:
        raise _refused(
            _(
                "This is no JSON: line %(line)s, character %(column)s is not as it should be. "
                "Please save the whole answer again."
            ),
            line=problem.lineno,
            column=problem.colno,
        ) from problem
    except RecursionError as problem:
        raise _refused(_("This is nested too deeply to be an answer of Integreat.")) from problem
    if not isinstance(found, list):
        raise _refused(
            _(
                "This is JSON, but no list of entries. Please send the answer of “locations”, "
                "“events” or “pages”."
            )
        )
    if not found:
        raise _refused(_("The list is empty: Integreat knows nothing under this address."))
    if len(found) > MOST_ENTRIES:
        raise _refused(
            _("These are %(count)s entries. Please send at most %(most)s at once."),
            count=len(found),
            most=MOST_ENTRIES,
        )
    return found


def _row(number: int, entry: Any) -> OfferRow:
    if not isinstance(entry, dict):
        raise _refused(_("Entry %(number)s is no entry of Integreat."), number=number)
    title, path = entry.get("title"), entry.get("path")
    if not isinstance(title, str) or not _plain(title):
        raise _refused(_("Entry %(number)s has no title."), number=number)
    if not isinstance(path, str) or not path.startswith("/"):
        raise _refused(
            _("Entry %(number)s (“%(title)s”) has no path, so it could not be found again."),
            number=number,
            title=_plain(title)[:80],
        )
    organisation = entry.get("organization")
    name = organisation.get("name") if isinstance(organisation, dict) else ""
    text = entry.get("excerpt") or entry.get("content") or ""
    return OfferRow(
        source=f"integreat:{path.partition('$')[0].rstrip('/')}/"[:200],
        title=_plain(title)[:300],
        text=_shortened(_plain(text if isinstance(text, str) else "")),
        organisation=_plain(name if isinstance(name, str) else ""),
        ends=_ends(number, entry),
    )


def _ends(number: int, entry: dict[str, Any]) -> date | None:
    """The last day of an event; a place, a page and what repeats without an end are lasting."""
    event = entry.get("event")
    if not isinstance(event, dict):
        return None
    rule = entry.get("recurrence_rule")
    if isinstance(rule, str) and rule:
        until = UNTIL.search(rule)
        return _day(number, "-".join(until.groups())) if until else None
    written = event.get("end_date") or event.get("end") or event.get("start_date")
    return _day(number, written) if written else None


def _day(number: int, written: object) -> date:
    said = str(written)
    try:
        moment = parse_datetime(said)
        # What never ends is often written as the last day of all: there is none after it.
        if moment is not None and is_aware(moment) and MINYEAR < moment.year < MAXYEAR:
            return localdate(moment)
        return date.fromisoformat(said[:10])
    except ValueError as problem:
        raise _refused(
            _("Entry %(number)s has “%(day)s” where a day should be."),
            number=number,
            day=str(written)[:40],
        ) from problem


def _plain(text: str) -> str:
    """Without markup, and without the characters that no database keeps."""
    words = html.unescape(strip_tags(text)).replace("\0", "")
    return " ".join(words.split())


def _shortened(text: str) -> str:
    if len(text) <= MOST_LETTERS:
        return text
    return text[:MOST_LETTERS].rsplit(" ", 1)[0] + " …"


def _refused(sentence: Any, **words: object) -> Invalid:
    return Invalid({"text": filled(sentence, **words)})
