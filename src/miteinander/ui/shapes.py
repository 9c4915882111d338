"""What the components show: frozen, plain, without a model in sight.

Faces turn rows into these. A component that takes one of them can be drawn in the style book,
in a test and in a page alike, and cannot ask the database anything.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

    Text = str | _StrPromise
else:
    Text = str

Precision = Literal["day", "month", "year"]
Position = Literal["past", "now", "next"]


# --- links ---------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Link:
    """A word and where it leads; without an address it is only the word."""

    label: Text
    url: str = ""


@dataclass(frozen=True, slots=True)
class Feed:
    """What can be followed from elsewhere: a feed or a calendar."""

    label: Text
    url: str
    type: str


@dataclass(frozen=True, slots=True)
class NavItem:
    label: Text
    url: str
    is_current: bool = False
    count: int = 0


@dataclass(frozen=True, slots=True)
class LanguageLink:
    """This page in another language; `name` is the language's own name."""

    code: str
    name: str
    url: str
    is_current: bool = False

    @property
    def direction(self) -> str:
        return direction(self.code)


# --- the thread ----------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Station:
    """One knot of the golden thread."""

    title: Text
    url: str = ""
    kind_label: Text = ""
    number: str = ""
    when: date | None = None
    precision: Precision = "day"
    body: Text = ""
    sentence: Text = ""
    position: Position = "past"
    is_example: bool = False
    notes: tuple[Text, ...] = ()
    dissent: bool = False
    """An objection: here the second thread begins."""
    beside: bool = False
    """The second thread runs along here: an objection travels past."""
    is_decision: bool = False
    """A resolution: here a second thread is tied off."""
    is_here: bool = False
    """The page itself."""
    bundle: Bundle | None = None
    language: str = ""
    """Of `title`; empty is the page's own language."""
    said_in: str = ""
    """The language of `sentence`, likewise."""


@dataclass(frozen=True, slots=True)
class Bundle:
    """Many sources gathered in one station: how many, in words, and a few to open."""

    count: int
    label: Text
    url: str = ""
    samples: tuple[Station, ...] = ()
    is_history: bool = False
    """Not sources that come together but what was said here before: no strands are drawn."""


@dataclass(frozen=True, slots=True)
class PhaseStep:
    """A phase on the line across the home page."""

    title: Text
    when: Text = ""
    url: str = ""
    position: Position = "past"


# --- rows ----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class TimelineEntry:
    text: Text
    at: date | datetime
    precision: Precision = "day"
    by: Text = ""
    url: str = ""


@dataclass(frozen=True, slots=True)
class MeasureRow:
    """A measure in a list: number, title, lead, state with its age."""

    title: Text
    url: str
    state: str
    number: str = ""
    state_label: Text = ""
    lead: Text = ""
    reported_on: date | None = None
    remark: Text = ""
    is_key: bool = False
    is_example: bool = False
    language: str = ""


@dataclass(frozen=True, slots=True)
class GoalRow:
    """A goal in its field: number, title, how its measures stand, and their rows."""

    identifier: str
    title: Text
    url: str
    number: str = ""
    is_example: bool = False
    segments: tuple[Segment, ...] = ()
    measures: tuple[MeasureRow, ...] = ()
    language: str = ""


@dataclass(frozen=True, slots=True)
class SeatRow:
    """A seat in a list: its function, the perspective where the function does not say it."""

    function: Text
    perspective: Text = ""
    leads: bool = False
    is_vacant: bool = False


@dataclass(frozen=True, slots=True)
class BodyRow:
    """A body among others: what kind it is, which views are heard in it, who sits there."""

    title: Text
    url: str
    kind: Text = ""
    perspectives: tuple[Text, ...] = ()
    seats: tuple[SeatRow, ...] = ()
    is_example: bool = False
    language: str = ""


@dataclass(frozen=True, slots=True)
class ReportMark:
    """A report in the history of a measure: when, and how it stood."""

    when: date
    url: str
    state: str


@dataclass(frozen=True, slots=True)
class Support:
    """How many stand behind something, and the button to stand there too."""

    count: int
    name: str
    """What makes its parts known to each other on the page."""
    url: str = ""
    """Where the button sends; without one only the number is said."""
    is_mine: bool = False
    about: Text = ""
    language: str = ""
    """Of `about`, which is said to those who hear the page."""


@dataclass(frozen=True, slots=True)
class Photo:
    """A picture that somebody sent, in one size."""

    url: str
    alternative_text: Text
    width: int
    height: int
    language: str = ""
    """Of the alternative text."""


@dataclass(frozen=True, slots=True)
class VoiceRow:
    """What somebody said, in a list, and where it is told what became of it."""

    text: Text
    title: Text
    url: str
    language: str
    """Of the original and its title."""
    channel: Text = ""
    when: date | None = None
    precision: str = "day"
    is_answered: bool = False
    is_example: bool = False
    text_language: str = ""
    """Of the text as it is shown; empty is the page's own language."""
    translation: str = ""
    """How far a translated text can be trusted: "machine", "outdated"; else it goes unsaid."""
    support: Support | None = None
    comments: int = 0
    """How many comments stand on its page."""
    photo: Photo | None = None
    place: Text = ""
    comment_on: Link | None = None
    """What it is a comment on; the link has no address where not everybody may read it."""


@dataclass(frozen=True, slots=True)
class LogRow:
    """What happened, when and where, in a list that is read from the newest on."""

    title: Text
    url: str
    when: date | None = None
    precision: str = "day"
    body: Text = ""
    result: Text = ""
    is_example: bool = False


@dataclass(frozen=True, slots=True)
class ChangeRow:
    """Something that moved from one state to another."""

    title: Text
    url: str
    before: str
    after: str
    """Both are states of `status_badge`."""
    number: str = ""
    when: date | None = None
    text: Text = ""
    is_example: bool = False
    language: str = ""
    """Of the title; empty is the page's own language."""
    said_in: str = ""
    """Of the text, likewise."""


@dataclass(frozen=True, slots=True)
class DocumentRow:
    """A document in a list: what it is, when, who decided, and files to take along."""

    title: Text
    url: str
    kind: Text
    when: date | None = None
    precision: str = "day"
    body: Text = ""
    state: str = ""
    """With a state its badge is shown, named `state_label`."""
    state_label: Text = ""
    files: tuple[File, ...] = ()
    is_example: bool = False
    language: str = ""


@dataclass(frozen=True, slots=True)
class Todo:
    """One thing that waits in *Heute*, with its one action."""

    title: Text
    url: str
    action: Text
    text: Text = ""
    due: date | None = None
    waiting_since: date | None = None
    is_late: bool = False
    is_example: bool = False


@dataclass(frozen=True, slots=True)
class File:
    name: Text
    url: str
    kind: str = ""
    size: int | None = None
    language: str = ""


# --- charts and tables ----------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Segment:
    """A part of a stacked bar; `state` is one of the states of `status_badge`."""

    state: str
    count: int
    label: Text = ""


@dataclass(frozen=True, slots=True)
class Point:
    label: Text
    value: float | None
    """None is a missing reading: the line has a gap there, never a zero."""


@dataclass(frozen=True, slots=True)
class Column:
    label: Text
    is_number: bool = False


@dataclass(frozen=True, slots=True)
class Cell:
    text: Text | int | float
    url: str = ""
    state: str = ""
    """With a state the cell shows its badge."""


@dataclass(frozen=True, slots=True)
class MatrixHead:
    """What heads a line or a column of a matrix."""

    label: Text
    url: str = ""
    language: str = ""


@dataclass(frozen=True, slots=True)
class MatrixRow:
    head: MatrixHead
    cells: tuple[Cell, ...]
    """Numbers; what is not nought leads to what was counted."""


@dataclass(frozen=True, slots=True)
class Matrix:
    """Numbers by two things at once: the more, the darker, and every number is written."""

    corner: Text
    columns: tuple[MatrixHead, ...]
    rows: tuple[MatrixRow, ...]
    caption: Text
    sentence: Text


@dataclass(frozen=True, slots=True)
class DiffPart:
    text: str
    changed: bool


@dataclass(frozen=True, slots=True)
class BarRow:
    """One bar among several, with its name and what it says in a few words."""

    label: Text
    url: str
    segments: tuple[Segment, ...]
    remark: Text = ""
    language: str = ""


@dataclass(frozen=True, slots=True)
class RadarRow:
    """One value held against a target; shares from 0 to 1, None where a number is withheld."""

    label: Text
    said: Text
    """How it stands, in words: “4, wanted about 8”."""
    have: float | None
    want: float | None
    is_missing: bool = False


@dataclass(frozen=True, slots=True)
class PlanRow:
    """A stretch of time in a plan: as it was meant, and as it went."""

    label: Text
    planned: tuple[date, date | None]
    """An end of None is open."""
    actual: tuple[date, date | None] | None = None
    """None has not begun; an end of None still runs."""
    position: Position | None = "past"
    """None says nothing about how far it is: a list of what is meant."""
    state_label: Text = ""
    spoken: Text = ""
    """Both in words: what the drawing shows."""
    remark: Text = ""
    warning: Text = ""
    is_whole: bool = False
    """The sum of the others: the process itself above its phases."""


@dataclass(frozen=True, slots=True)
class PlanMark:
    """A day in a plan: a milestone, a meeting, a resolution."""

    label: Text
    on: date
    is_open: bool = False
    """Not reached yet."""


# --- frames ----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class OpeningHours:
    day: Text
    hours: Text
    is_today: bool = False


@dataclass(frozen=True, slots=True)
class OfficeCard:
    """Who answers: shown in the footer of every public page."""

    name: str
    address: tuple[str, ...] = ()
    email: str = ""
    phone: str = ""
    contact: Link | None = None
    hours: tuple[OpeningHours, ...] = ()
    open_now: Text = ""
    """A sentence while the office is open ("open now, today until 13:00"), else empty."""
    today: Text = ""
    """Why today is no day like others ("closed today: Christmas Eve"), else empty."""
    note: Text = ""
    has_115: bool = True
    hours_115: Text = ""


@dataclass(frozen=True, slots=True)
class Site:
    """The frame of the public site."""

    name: str
    brand: Text
    claim: Text = ""
    home_url: str = "/"
    is_example: bool = False
    example_note: Text = ""
    nav: tuple[NavItem, ...] = ()
    languages: tuple[LanguageLink, ...] = ()
    easy_language_url: str = ""
    account: Link | None = None
    office: OfficeCard | None = None
    more: tuple[Link, ...] = ()
    legal: tuple[Link, ...] = ()
    crest_url: str = ""
    accent_url: str = ""
    search_url: str = ""
    feeds: tuple[Feed, ...] = ()

    @property
    def language(self) -> LanguageLink | None:
        return next((link for link in self.languages if link.is_current), None)

    @property
    def other_languages(self) -> Sequence[LanguageLink]:
        return [link for link in self.languages if not link.is_current]


@dataclass(frozen=True, slots=True)
class DeskStage:
    """One stage of the concept's life in the side navigation."""

    label: Text
    url: str
    count: int = 0
    is_current: bool = False
    is_now: bool = False
    """The process is in this stage today."""


@dataclass(frozen=True, slots=True)
class Desk:
    """The frame of the workspace."""

    today: NavItem
    stages: tuple[DeskStage, ...] = ()
    more: tuple[NavItem, ...] = ()
    person: Text = ""
    """How the record names who is signed in: a function."""
    sign_out_url: str = ""
    search_url: str = ""
    help_url: str = ""


RIGHT_TO_LEFT = frozenset({"ar", "fa", "he", "ur", "ps", "ckb", "sd", "yi", "ug"})


def direction(language: str) -> Literal["ltr", "rtl"]:
    """The writing direction of a language tag."""
    return "rtl" if language.lower().split("-")[0] in RIGHT_TO_LEFT else "ltr"
