"""The brief of the steering group, “zehn Minuten”: what has to be known before the meeting.

Put together from every stage, each part cut to so many lines that all of it is read in ten
minutes, however large the concept is; what was cut stands behind a link. Page and paper show the
same parts.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from miteinander.adoption.queries import briefing
from miteinander.adoption.states import BallotState
from miteinander.core.events.read import sentence
from miteinander.core.links import address_of
from miteinander.core.translation import localise
from miteinander.documents.shapes import Document, Listing, Paragraph, Run, Section
from miteinander.strategy import queries
from miteinander.strategy.actions import note_look
from miteinander.strategy.states import MeasureState
from miteinander.ui.words import written_day, written_money, written_number

if TYPE_CHECKING:
    from miteinander.adoption.models import Ballot, Objection
    from miteinander.adoption.queries import Briefing
    from miteinander.core.models import Event, Municipality, Thing
    from miteinander.core.standing import Standing
    from miteinander.strategy.models import Concept, Measure, Overlap
    from miteinander.strategy.queries import LoadMap

MOST = 12
"""So many lines a part has; five parts of them are read in ten minutes."""
CUT = 160
"""Characters of a reason; all of it stands behind the link."""
PER_MINUTE = 200
"""Words that an adult reads in a minute, with time to think (docs/using/mitglieder.md)."""


@dataclass(frozen=True, slots=True)
class Line:
    text: str
    detail: str
    url: str


@dataclass(frozen=True, slots=True)
class Part:
    """One heading of the brief: a sentence that says it all, and the lines behind it."""

    name: str
    title: str
    sentence: str
    lines: tuple[Line, ...] = ()
    more: int = 0
    """How many lines were cut."""
    url: str = ""
    """Where all of them stand."""


@dataclass(frozen=True, slots=True)
class Brief:
    concept: Concept
    since: datetime | None
    """When this reader looked before this visit."""
    parts: tuple[Part, ...]

    @property
    def words(self) -> int:
        return sum(
            len(text.split())
            for part in self.parts
            for text in (
                part.title, part.sentence, *(f"{line.text} {line.detail}" for line in part.lines)
            )
        )  # fmt: skip

    @property
    def minutes(self) -> int:
        return max(1, -(-self.words // PER_MINUTE))


def brief_of(municipality: Municipality, identifier: str, standing: Standing) -> Brief:
    """Two queries, however many measures; one more to remember a new visit, or to translate."""
    read = briefing(municipality, identifier, standing)
    concept, load = read.concept, read.load
    note_look(concept, known=read.looked_at, by=standing, at=standing.at)
    ballots = (*read.own_ballots, *read.other_ballots)
    localise([concept, *load.measures, *read.objections, *ballots], get_language() or "de")
    return Brief(
        concept,
        read.since,
        (
            _decide(read),
            _changed(read.changes, read.since, concept),
            _objections(read.objections, concept),
            _gaps(load, reverse("workspace:load", args=[concept.identifier])),
            _overlaps(read.overlaps, concept),
        ),
    )


def _part(name: str, title: str, told: str, lines: Iterable[Line], url: str) -> Part:
    found = list(lines)
    return Part(name, title, told, tuple(found[:MOST]), max(0, len(found) - MOST), url)


def _decide(read: Briefing) -> Part:
    waiting = [
        m
        for m in read.load.measures
        if m.state == MeasureState.SUBMITTED and m.pk not in read.spoken
    ]
    told = []
    if n := len(read.own_ballots):
        told.append(
            ngettext("%(n)s ballot waits for your vote.", "%(n)s ballots wait for your vote.", n)
            % {"n": written_number(n)}
        )
    if n := len(read.other_ballots):
        told.append(
            ngettext(
                "%(n)s ballot is open, or counted and not acted upon yet.",
                "%(n)s ballots are open, or counted and not acted upon yet.",
                n,
            )
            % {"n": written_number(n)}
        )
    if n := len(waiting):
        said = (
            ngettext(
                "On %(n)s measure your seat has not spoken yet.",
                "On %(n)s measures your seat has not spoken yet.",
                n,
            )
            if read.has_seat
            else ngettext(
                "%(n)s measure has been handed in.", "%(n)s measures have been handed in.", n
            )
        )
        told.append(said % {"n": written_number(n)})
    lines = [_ballot(ballot) for ballot in read.own_ballots]
    lines += [_ballot(ballot) for ballot in read.other_ballots]
    lines += [
        Line(
            _numbered(m),
            _shortened(_words_of(m, "summary") or queries.lead_words(m)),
            m.get_absolute_url() if m.is_public else _sheet(m),
        )
        for m in waiting
    ]
    return _part(
        "decide",
        _("To decide"),
        " ".join(told) or _("Nothing waits for a decision now."),
        lines,
        reverse("workspace:review", args=[read.concept.identifier]),
    )


def _ballot(ballot: Ballot) -> Line:
    ends = _("until %(day)s") % {"day": written_day(localdate(ballot.closes_at))}
    state = "" if ballot.state == BallotState.OPEN else ballot.get_state_display()
    url = reverse("workspace:vote_in", args=[ballot.identifier])
    return Line(_words_of(ballot, "title"), state or ends, url)


def _changed(changes: Sequence[Event], since: datetime | None, concept: Concept) -> Part:
    n = len(changes)
    if since is None:
        told = _("You read this for the first time. These are the latest changes.")
    elif not n:
        told = _("Nothing has changed since you last looked on %(day)s.") % {
            "day": written_day(since)
        }
    else:
        told = ngettext(
            "Since you last looked on %(day)s, %(n)s thing has changed.",
            "Since you last looked on %(day)s, %(n)s things have changed.",
            n,
        ) % {"day": written_day(since), "n": written_number(n)}
    lines = [
        Line(
            _shortened(sentence(event)),
            written_day(localdate(event.at)),
            event.thing.get_absolute_url() if event.thing else "",
        )
        for event in changes
    ]
    return _part(
        "changed",
        _("Changed"),
        told,
        lines,
        reverse("workspace:concept", args=[concept.identifier]),
    )


def _objections(objections: Sequence[Objection], concept: Concept) -> Part:
    n = len(objections)
    told = ngettext("%(n)s objection stands.", "%(n)s objections stand.", n) % {
        "n": written_number(n)
    }
    return _part(
        "objections",
        _("Objections"),
        told if n else _("No objection stands."),
        (
            Line(
                f"{o.subject} – {o.speaker}",
                f"{_shortened(_words_of(o, 'reason'))} ({o.get_state_display()})",
                reverse("workspace:objection", args=[o.identifier]),
            )
            for o in objections
        ),
        reverse("workspace:review", args=[concept.identifier]),
    )


def _gaps(load: LoadMap, url: str) -> Part:
    gap = load.gap
    told = _("Nothing is missing.")
    if load.lacks:
        missing = {m.pk for lack in load.lacks for m in lack.measures}
        told = ngettext(
            "%(n)s of %(all)s measures lacks something.",
            "%(n)s of %(all)s measures lack something.",
            len(missing),
        ) % {"n": written_number(len(missing)), "all": written_number(len(load.measures))}
    if gap.once or gap.yearly:
        told += " " + _(
            "For %(once)s once and %(yearly)s a year nobody knows yet where they come from."
        ) % {"once": written_money(gap.once), "yearly": written_money(gap.yearly)}
    lines = [
        Line(
            str(lack.label),
            ngettext("%(n)s measure", "%(n)s measures", len(lack.measures))
            % {"n": written_number(len(lack.measures))},
            f"{url}#lacks",
        )
        for lack in load.lacks
    ]
    lines += [
        Line(
            _("Measures wait for each other"),
            " → ".join(_numbered(m) for m in (*circle, circle[0])),
            f"{url}#lacks",
        )
        for circle in load.circles
    ]
    return _part("gaps", _("What is missing"), told, lines, url)


def _overlaps(overlaps: Sequence[Overlap], concept: Concept) -> Part:
    n = len(overlaps)
    told = (
        ngettext(
            "%(n)s pair of measures of different fields may be about the same.",
            "%(n)s pairs of measures of different fields may be about the same.",
            n,
        )
        % {"n": written_number(n)}
        if n
        else _("No measures of different fields look alike.")
    )
    return _part(
        "overlaps",
        _("Overlaps"),
        told,
        (
            Line(
                f"{_numbered(pair.first)} / {_numbered(pair.second)}",
                why(pair),
                reverse("workspace:overlap", args=[pair.pk]),
            )
            for pair in overlaps
        ),
        reverse("workspace:overlaps", args=[concept.identifier]),
    )


def why(pair: Overlap) -> str:
    """What two measures share, in words."""
    words = {
        "words": _("similar words"),
        "lead": _("the same lead"),
        "target_groups": _("the same target groups: %(groups)s") % {"groups": pair.groups},
    }
    return "; ".join(words[name] for name in pair.why if name in words)


def _numbered(measure: Measure) -> str:
    return f"{measure.number} {_words_of(measure, 'title')}".strip()


def _words_of(thing: Thing, name: str) -> str:
    localised = getattr(thing, "localised", {}).get(name)
    return str(localised.text if localised else getattr(thing, name))


def _shortened(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= CUT else f"{text[:CUT].rsplit(' ', 1)[0]} …"


def _sheet(measure: Measure) -> str:
    return reverse("workspace:measure", args=[measure.identifier])


# --- on paper -----------------------------------------------------------------------------------


def as_document(brief: Brief, standing: Standing) -> Document:
    """The same, to take along."""
    town = brief.concept.municipality
    day = localdate(standing.at)
    return Document(
        title=_("Ten minutes for the steering group"),
        subtitle=_words_of(brief.concept, "title"),
        language=get_language() or "de",
        publisher=town.name,
        day=day,
        day_written=written_day(day),
        accent=town.accent,
        base=address_of(town),
        sections=tuple(
            Section(
                part.title,
                blocks=(
                    Paragraph(part.sentence, lead=True),
                    *((Listing(tuple(_item(line) for line in part.lines)),) if part.lines else ()),
                    *((Paragraph(left_out(part)),) if part.more else ()),
                ),
            )
            for part in brief.parts
        ),
    )


def _item(line: Line) -> tuple[Run, ...]:
    return (Run(line.text, strong=True, address=line.url), Run(f" – {line.detail}"))


def left_out(part: Part) -> str:
    return ngettext("And %(n)s more.", "And %(n)s more.", part.more) % {
        "n": written_number(part.more)
    }
