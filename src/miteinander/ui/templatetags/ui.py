"""Our components: one function, one template (or one of `pieces`), keyword-only arguments.

A misspelt or missing argument fails when the template is loaded, not when somebody looks at
the page. The library is a builtin of the template engine, so no template loads it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Literal

import rules
import segno
from django import template
from django.core.paginator import Page
from django.forms import BaseForm, BoundField, Field
from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import Truncator
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from miteinander.ui import charts, markup, pieces, words
from miteinander.ui.fields import Dressed, anchor, dress
from miteinander.ui.shapes import (
    BarRow,
    BodyRow,
    Cell,
    ChangeRow,
    Column,
    Desk,
    DocumentRow,
    File,
    GoalRow,
    LanguageLink,
    Link,
    LogRow,
    Matrix,
    MeasureRow,
    NavItem,
    OfficeCard,
    PhaseStep,
    Photo,
    PlanMark,
    PlanRow,
    Point,
    RadarRow,
    ReportMark,
    SeatRow,
    Segment,
    Site,
    Station,
    Support,
    TimelineEntry,
    Todo,
    VoiceRow,
)

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

    Text = str | _StrPromise

Tone = Literal["info", "success", "warning", "danger"]
ICONS: dict[str, str] = {tone: tone for tone in ("info", "success", "warning", "danger")}

register = template.Library()


def _body(content: str) -> SafeString:
    """What a template wrote between the tags: already rendered, already escaped there."""
    return SafeString(content.strip())


# --- words ---------------------------------------------------------------------------------


@register.filter
def day(value: date | datetime | None, precision: str = "day") -> str:
    """“Montag, 5. Oktober 2026”; with ``"month"`` or ``"year"`` only as exact as is known."""
    return "" if value is None else words.written_day(value, precision)


@register.filter
def clock(value: datetime | None) -> str:
    """“17:00 Uhr”."""
    return "" if value is None else words.written_time(value)


@register.filter
def until_then(value: datetime | None) -> str:
    """“Montag, 5. Oktober 2026, 17:00 Uhr”; without the hour where it is the whole day."""
    return "" if value is None else words.written_end(value)


@register.filter
def age(value: date | datetime | None, today: date | None = None) -> str:
    """“vor 44 Tagen”; only ever beside the absolute date."""
    return "" if value is None else words.age_of(value, today).replace(" ", words.NO_BREAK)


@register.filter
def money(value: Decimal | float | None, currency: str = "EUR") -> str:
    """“18.000 €”."""
    return "" if value is None else words.written_money(value, currency)


@register.filter
def amount(value: Decimal | float | None) -> str:
    """“1.250”, “0,5”."""
    return "" if value is None else words.written_number(value)


@register.filter
def filesize(value: int | None) -> str:
    """“84 kB”."""
    return "" if value is None else words.written_size(value)


@register.filter
def number(value: float | Decimal | None) -> str:
    """“1.240”."""
    return "" if value is None else words.written_number(value)


@register.filter
def percent(value: float | None) -> str:
    """“3,5 %”, from a share."""
    return "" if value is None else words.written_percent(value)


@register.filter
def markdown(value: str | None) -> SafeString:
    """Longer texts: Markdown to HTML, cleaned."""
    return mark_safe(markup.to_html(value or ""))  # noqa: S308 -- cleaned by nh3


@register.filter
def iso(value: date | datetime | None, precision: str = "day") -> str:
    """For ``<time datetime>``."""
    if value is None:
        return ""
    return pieces.iso(value, precision)


@register.simple_tag
def qr(text: str, *, label: str = "", css: str = "qr") -> SafeString:
    """A QR code as inline SVG. Dark on light in every theme: cameras expect it."""
    code = segno.make(text, error="m", micro=False)
    return mark_safe(  # noqa: S308 -- segno's own SVG; the label is escaped by it
        code.svg_inline(
            omitsize=True,
            border=2,
            dark="#0b2e36",
            light="#ffffff",
            svgclass=css,
            lineclass=None,
            title=label or _("QR code"),
        ).replace("<svg ", '<svg role="img" ', 1)
    )


@register.simple_tag
def content(
    thing: Any, field: str, *, as_markdown: bool = False, mark: bool = True, most: int = 0
) -> SafeString | str:
    """A field of a thing in the page's language, else the original, marked as foreign.

    Translations are read from ``thing.localised`` (field → text, language, state), where a
    query has attached them; nothing is fetched here. A machine or outdated translation says
    so, unless ``mark=False`` (where the mark stands elsewhere on the page). Of a plain text no
    more than the `most` first letters are shown.
    """
    original, own = str(getattr(thing, field)), str(getattr(thing, "language", "") or "")
    text, language, state = getattr(thing, "localised", {}).get(field, (original, own, "original"))
    if most:
        text = Truncator(text).chars(most)
    return pieces.content(
        markdown(text) if as_markdown else text,
        is_block=as_markdown,
        language=language,
        is_foreign=bool(language) and language != (get_language() or ""),
        state=state if mark else "",
    )


@register.simple_tag(takes_context=True)
def allowed(context: template.Context, right: str, thing: Any = None) -> bool:
    """``{% allowed "strategy.submit_measure" measure as may_submit %}``; unknown rights fail.

    Asks the rules themselves, like ``core.rights.allowed``: `ui` and `core` lie side by side and
    do not import each other.
    """
    if not rules.perm_exists(right):
        raise KeyError(right)
    return bool(rules.has_perm(right, context["request"].standing, thing))


# --- frame ---------------------------------------------------------------------------------


@register.inclusion_tag("ui/site_header.html")
def site_header(*, site: Site) -> dict[str, Any]:
    """Crest, name, languages, sign-in, main navigation; a menu on small screens."""
    return {"site": site}


@register.inclusion_tag("ui/example_banner.html")
def example_banner(*, site: Site) -> dict[str, Any]:
    """On every page of an example installation, and on no other."""
    return {"site": site}


@register.inclusion_tag("ui/site_footer.html")
def site_footer(*, site: Site) -> dict[str, Any]:
    return {"site": site}


@register.inclusion_tag("ui/office_card.html")
def office_card(*, office: OfficeCard) -> dict[str, Any]:
    """Who answers, when, and where."""
    return {"office": office}


@register.inclusion_tag("ui/desk_header.html")
def desk_header(*, site: Site, desk: Desk) -> dict[str, Any]:
    return {"site": site, "desk": desk}


@register.inclusion_tag("ui/side_nav.html")
def side_nav(*, desk: Desk) -> dict[str, Any]:
    """The stages of a concept's life; the present one is marked, the open page is current."""
    return {"desk": desk}


@register.inclusion_tag("ui/language_menu.html")
def language_menu(*, languages: Sequence[LanguageLink]) -> dict[str, Any]:
    """The other languages under their own names."""
    return {
        "current": next((link for link in languages if link.is_current), None),
        "others": [link for link in languages if not link.is_current],
    }


@register.inclusion_tag("ui/main_nav.html")
def main_nav(*, items: Sequence[NavItem]) -> dict[str, Any]:
    return {"items": items}


@register.inclusion_tag("ui/breadcrumb.html")
def breadcrumb(*, items: Sequence[Link]) -> dict[str, Any]:
    """From the start to here; the last item is the page itself."""
    return {"items": items}


@register.inclusion_tag("ui/messages.html", takes_context=True)
def toasts(context: template.Context, *, messages: Any) -> dict[str, Any]:
    """What just happened: a live region, also when it is still empty.

    A message whose `extra_tags` are an address can be undone: a button sends there.
    """
    return {"messages": messages, "csrf_token": context.get("csrf_token")}


@register.inclusion_tag("ui/print_header.html")
def print_header(*, site: Site, url: str = "") -> dict[str, Any]:
    """Only on paper: whose page this is and where it lies."""
    return {"site": site, "url": url}


# --- thread and time ------------------------------------------------------------------------


@register.inclusion_tag("ui/phase_stepper.html")
def phase_stepper(*, phases: Sequence[PhaseStep]) -> dict[str, Any]:
    """The thread across the home page."""
    return {"phases": phases}


@register.simple_tag
def thread(*, stations: Sequence[Station], label: Text = "", wide: bool = True) -> SafeString:
    """Where this comes from, where it stands, what became of it. A plain list for the ear."""
    return pieces.thread(stations, label or _("Golden thread"), wide=wide)


@register.simple_tag
def station(*, station: Station, is_last: bool = False) -> SafeString:
    return pieces.station(station, is_last=is_last)


@register.inclusion_tag("ui/timeline.html")
def timeline(*, events: Sequence[TimelineEntry], label: Text = "") -> dict[str, Any]:
    """A log with rules, not a thread: it shows order, not lineage."""
    return {"events": events, "label": label or _("What happened")}


# --- rows and marks --------------------------------------------------------------------------


@register.simple_block_tag
def card(content: str, *, flat: bool = False, label: str = "") -> str:
    """A framed group: ``{% card %}…{% endcard %}``. Never inside another."""
    return render_to_string("ui/card.html", {"body": _body(content), "flat": flat, "label": label})


@register.simple_tag
def measure_rows(*, rows: Sequence[MeasureRow]) -> SafeString:
    """Measures of a list: number, title, lead, state with its age."""
    return pieces.measure_rows(rows)


@register.simple_tag
def goal_rows(*, rows: Sequence[GoalRow]) -> SafeString:
    """Goals of a field, each with the rows of its measures."""
    return pieces.goal_rows(rows)


@register.simple_tag
def seat_rows(*, rows: Sequence[SeatRow]) -> SafeString:
    """Seats of a body: the function, never a name."""
    return pieces.seat_rows(rows)


@register.simple_tag
def voice_rows(*, rows: Sequence[VoiceRow]) -> SafeString:
    """What people said: the words, how they came, whether they were answered."""
    return pieces.voice_rows(rows)


@register.simple_tag
def comment_on(*, about: Link) -> SafeString:
    """What a comment is about, with the way there."""
    return pieces.comment_on(about)


@register.simple_tag
def photograph(*, photo: Photo, css: str = "") -> SafeString:
    """A picture that somebody sent, with what can be seen in it."""
    return pieces.photograph(photo, css=css)


@register.simple_tag
def support(*, box: Support) -> SafeString:
    """How many stand behind something, and the button to stand there too."""
    return pieces.support(box)


@register.simple_tag
def log_rows(*, rows: Sequence[LogRow]) -> SafeString:
    """What happened: the day, who met, and where it leads."""
    return pieces.log_rows(rows)


@register.simple_tag
def body_tiles(*, rows: Sequence[BodyRow]) -> SafeString:
    """Bodies side by side: kind, perspectives, seats that open."""
    return pieces.body_tiles(rows)


@register.simple_tag
def report_marks(*, rows: Sequence[ReportMark]) -> SafeString:
    """How it went: the state at each report, oldest first."""
    return pieces.report_marks(tuple(rows))


@register.simple_tag
def change_rows(*, rows: Sequence[ChangeRow]) -> SafeString:
    """What moved: the thing, the state before, the state now."""
    return pieces.change_rows(rows)


@register.simple_tag
def document_rows(*, rows: Sequence[DocumentRow]) -> SafeString:
    """Documents of a list: the day, the kind, who decided, files to take along."""
    return pieces.document_rows(rows)


@register.simple_tag
def status_badge(*, state: str, label: Text = "", large: bool = False) -> SafeString:
    """Icon, word and colour of a state; `label` says the word more exactly."""
    return pieces.state(state, label, large=large)


@register.simple_tag
def example_tag() -> SafeString:
    """The mark *Beispiel*: this was invented for the example."""
    return pieces.example_tag()


@register.simple_tag
def picture(
    *, picture: Any, sizes: str = "100vw", css: str = "", eager: bool = False
) -> SafeString:
    """A picture of the town, with its alternative text; `sizes` as HTML means it."""
    return pieces.picture(picture, sizes=sizes, css=css, eager=eager)


@register.inclusion_tag("ui/seat_chip.html")
def seat_chip(
    *,
    label: Text,
    perspectives: Sequence[Text] = (),
    is_deputy: bool = False,
    is_empty: bool = False,
) -> dict[str, Any]:
    """A seat by its function, with the perspectives it brings."""
    return {
        "label": label, "perspectives": perspectives, "is_deputy": is_deputy, "is_empty": is_empty,
    }  # fmt: skip


@register.inclusion_tag("ui/perspective_chip.html")
def perspective_chip(*, label: Text, url: str = "", count: int | None = None) -> dict[str, Any]:
    return {"label": label, "url": url, "count": count}


@register.inclusion_tag("ui/todo_item.html")
def todo_item(*, todo: Todo, is_first: bool = False) -> dict[str, Any]:
    """One thing that waits, with its one action."""
    return {"todo": todo, "is_first": is_first}


@register.inclusion_tag("ui/file_list.html")
def file_list(*, files: Sequence[File]) -> dict[str, Any]:
    """Files with type, size and, where it differs, language."""
    return {"files": files}


@register.inclusion_tag("ui/receipt.html")
def receipt(
    *, code: str, url: str, text: Text = "", answer_by: date | None = None
) -> dict[str, Any]:
    """The code that finds a contribution again, as text and as QR code."""
    return {"code": code, "url": url, "text": text, "answer_by": answer_by}


# --- charts and tables ------------------------------------------------------------------------


@register.inclusion_tag("ui/tally.html")
def tally(*, done: int, total: int, label: Text) -> dict[str, Any]:
    """A bar for the eye, a sentence for the ear: “Sprache: 3 von 8”."""
    share = 100 * done / total if total else 0
    return {"done": done, "total": total, "label": label, "share": f"{min(share, 100):.3f}%"}


@register.simple_tag
def bar(
    *,
    segments: Sequence[Segment],
    sentence: Text = "",
    size: Literal["thin", "normal", "tall"] = "normal",
    legend: bool = False,
    table: bool = False,
    caption: Text = "",
    heading: Text = "",
) -> SafeString:
    """A stacked bar with the sentence that says what it shows, and the table behind it."""
    return pieces.stacked_bar(
        tuple(segments),
        sentence=sentence,
        size=size,
        has_legend=legend,
        has_table=table,
        caption=caption,
        heading=heading,
    )


@register.simple_tag
def bar_rows(*, rows: Sequence[BarRow]) -> SafeString:
    """Several stacked bars on one scale of shares: fields of action, organisations."""
    return pieces.bar_rows(tuple(rows))


@register.simple_tag
def radar_rows(*, rows: Sequence[RadarRow]) -> SafeString:
    """Who is there against who is wanted: one bar for each value, a line for the target."""
    return pieces.radar_rows(tuple(rows))


@register.simple_tag
def plan(
    *,
    rows: Sequence[PlanRow],
    today: date,
    label: Text,
    marks: Sequence[PlanMark] = (),
    until: date | None = None,
) -> SafeString:
    """Phases on a scale of time: planned above, actual below, each said in words beside it."""
    return pieces.plan(tuple(rows), tuple(marks), today, until, label)


@register.inclusion_tag("ui/line_chart.html")
def line_chart(
    *,
    points: Sequence[Point],
    sentence: Text,
    unit: Text = "",
    target: float | None = None,
    target_label: Text = "",
    caption: Text = "",
) -> dict[str, Any]:
    """A line from zero with its target. Fewer than two readings are told, not drawn."""
    known = [point for point in points if point.value is not None]
    return {
        "points": points,
        "line": charts.line(points, target) if len(known) > 1 else None,
        "sentence": sentence,
        "unit": unit,
        "target": target,
        "target_label": target_label or (_("Target") if target is not None else ""),
        "caption": caption or unit,
    }


@register.simple_tag
def matrix(*, matrix: Matrix) -> SafeString:
    """Numbers by two things at once, with the sentence that says what they show."""
    return pieces.matrix(matrix)


@register.inclusion_tag("ui/data_table.html")
def data_table(
    *,
    columns: Sequence[Column],
    rows: Sequence[Sequence[Cell | str | int]],
    caption: Text,
    hide_caption: bool = False,
    empty: Text = "",
) -> dict[str, Any]:
    """A table whose rows become cards on small screens. The first column heads its row."""
    cells = tuple(tuple(c if isinstance(c, Cell) else Cell(c) for c in row) for row in rows)
    return {
        "columns": columns,
        "rows": pieces.table_rows(tuple(columns), cells),
        "caption": caption,
        "hide_caption": hide_caption,
        "empty": empty,
    }


@register.inclusion_tag("ui/filter_bar.html")
def filter_bar(
    *, form: BaseForm, label: Text, action: str = "", clear_url: str = "", found: Text = ""
) -> dict[str, Any]:
    """A form of selects and words, sent with GET; `found` says how many remain."""
    return {
        "fields": _filter_fields(form) if form.is_bound else _unused_filter(_Filter.of(form)),
        "label": label,
        "action": action,
        "clear_url": clear_url,
        "found": found,
    }


def _filter_fields(form: BaseForm) -> SafeString:
    rows = [dress(field) for field in form.visible_fields()]
    hidden = form.hidden_fields()
    return render_to_string("ui/filter_fields.html", {"rows": rows, "hidden": hidden})


@dataclass(frozen=True, slots=True)
class _Filter:
    """A filter that nobody has used yet: what it offers says all about how it looks."""

    kind: type[BaseForm]
    fields: tuple[tuple[object, ...], ...]
    form: BaseForm = field(compare=False)

    @classmethod
    def of(cls, form: BaseForm) -> _Filter:
        offered = tuple(
            (name, each.label, each.help_text, each.initial, *map(tuple, _choices_of(each)))
            for name, each in form.fields.items()
        )
        chosen = tuple((name, str(value)) for name, value in form.initial.items())
        return cls(type(form), (*offered, *chosen), form)


def _choices_of(field: Field) -> Iterable[Iterable[object]]:
    found: Iterable[Iterable[object]] = getattr(field, "choices", ())
    return found


@pieces.remembered(256)
def _unused_filter(unused: _Filter) -> SafeString:
    return _filter_fields(unused.form)


@register.inclusion_tag("ui/pagination.html")
def pagination(*, page: Page[Any], query: str = "", name: str = "page") -> dict[str, Any]:
    """Back and on, and where one is. `query` is the rest of the address, without ``?``."""
    rest = f"&{query}" if query else ""
    return {"page": page, "rest": rest, "name": name}


# --- answers of the page -----------------------------------------------------------------------


@register.inclusion_tag("ui/empty_state.html")
def empty_state(
    *, title: Text, text: Text = "", action: Link | None = None, url: str = "", label: Text = ""
) -> dict[str, Any]:
    """A list never just ends: why it is empty, and what comes next."""
    return {"title": title, "text": text, "action": action or (Link(label, url) if url else None)}


@register.simple_block_tag
def notice(content: str, *, title: str, tone: Tone = "info") -> str:
    """A framed remark: ``{% notice title=… %}…{% endnotice %}``."""
    context = {"body": _body(content), "title": title, "tone": tone, "icon": ICONS[tone]}
    return render_to_string("ui/notice.html", context)


@register.simple_block_tag
def disclosure(content: str, *, label: str, is_open: bool = False) -> str:
    """More on request, without JavaScript."""
    context = {"body": _body(content), "label": label, "is_open": is_open}
    return render_to_string("ui/disclosure.html", context)


@register.inclusion_tag("ui/refusal_box.html")
def refusal(*, refusal: Any, form: BaseForm | None = None) -> dict[str, Any]:
    """What is wrong, where, what to do: with all points, and links to the fields at fault."""
    fields: Mapping[str, Text] = getattr(refusal, "fields", {})
    return {
        "refusal": refusal,
        "points": getattr(refusal, "points", ()),
        "faults": [
            (text, anchor(form[name]) if form is not None and name in form.fields else "")
            for name, text in fields.items()
        ],
    }


def _before_a_fault(label: str) -> str:
    """“Ihre Antwort:”, but “Dürfen andere das lesen?” as it is."""
    return label if label.endswith("?") else f"{label.rstrip('.:')}:"


@register.inclusion_tag("ui/error_summary.html")
def error_summary(*, form: BaseForm) -> dict[str, Any]:
    """All errors of a form on top, each a link to its field."""
    return {
        "general": form.non_field_errors() if form.is_bound else (),
        "faults": [
            (_before_a_fault(str(field.label)), error, anchor(field))
            for field in form.visible_fields()
            for error in field.errors
        ],
        "id": f"{form.prefix or 'form'}-errors",
    }


@register.inclusion_tag("ui/conflict.html")
def conflict(*, refusal: Any, form: BaseForm | None = None) -> dict[str, Any]:
    """Two editors at once: for each field that differs, what I typed and what is stored."""
    labels = {name: field.label or name for name, field in form.fields.items()} if form else {}
    names = [n for n in refusal.mine if str(refusal.mine[n]) != str(refusal.theirs.get(n, ""))]
    return {
        "refusal": refusal,
        "pairs": [
            (labels.get(n, n), str(refusal.mine[n]), str(refusal.theirs.get(n, ""))) for n in names
        ],
    }


@register.inclusion_tag("ui/diff_view.html")
def diff_view(
    *,
    mine: str,
    theirs: str,
    mine_label: Text = "",
    theirs_label: Text = "",
    old_first: bool = False,
) -> dict[str, Any]:
    """Two texts side by side; the words that differ are marked, for the eye and the ear.

    `old_first`: the second is what becomes of the first, so that what is new is marked as such.
    """
    left, right = words.differences(mine, theirs)
    tags = ("del", "ins") if old_first else ("ins", "del")
    return {
        "left_tag": tags[0],
        "right_tag": tags[1],
        "left": left,
        "right": right,
        "mine_label": mine_label or _("What you typed"),
        "theirs_label": theirs_label or _("What is stored"),
    }


# --- forms ---------------------------------------------------------------------------------


@register.inclusion_tag("ui/form.html")
def form(
    *,
    form: BaseForm,
    submit: Text,
    action: str = "",
    method: Literal["post", "get"] = "post",
    cancel: Link | None = None,
    refusal: Any = None,
    autosave: str = "",
    hidden: Mapping[str, str] | None = None,
    id: str = "",  # noqa: A002 -- it is what the page calls it
) -> dict[str, Any]:
    """A whole form: errors on top, every field with label and hint, one button.

    By its `id` a button outside of it can send it elsewhere.

    `autosave` is a name under which the browser keeps a draft of the long texts (say, the
    thing's identifier) until the form has been sent.
    """
    return {
        "form": form,
        "submit": submit,
        "action": action,
        "method": method,
        "cancel": cancel,
        "refusal": refusal,
        "autosave": autosave,
        "hidden": (hidden or {}).items(),
        "id": id,
    }


@register.inclusion_tag("ui/form_fields.html")
def form_fields(*, form: BaseForm, autosave: bool = False) -> dict[str, Any]:
    """Error summary and fields only, for pages with their own buttons."""
    return {
        "form": form,
        "rows": [dress(field, autosave=autosave) for field in form.visible_fields()],
        "hidden": form.hidden_fields(),
        "has_errors": form.is_bound and bool(form.errors),
    }


@register.inclusion_tag("ui/form_row.html")
def form_row(
    *, field: BoundField | None = None, row: Dressed | None = None, autosave: bool = False
) -> dict[str, Any]:
    """One field with label, hint, error and whether it is optional."""
    if row is None:
        if field is None:
            message = "form_row needs a field"
            raise ValueError(message)
        row = dress(field, autosave=autosave)
    return {"row": row, "field": row.field}


@register.inclusion_tag("ui/questions.html")
def questions(*, blocks: Sequence[Any]) -> dict[str, Any]:
    """Questions of a survey: choices, scales, tables of choices, orders, and words."""
    return {
        "asked": [
            {
                "block": block,
                "rows": [dress(field) for field in block.fields],
                "beside": [dress(field) for field in block.beside],
            }
            for block in blocks
        ]
    }


@register.simple_tag
def bare_field(*, field: BoundField) -> SafeString:
    """A field in a table: only what one types in; its label stands beside it, its errors on top."""
    return dress(field).tag


@register.inclusion_tag("ui/button.html")
def button(
    *,
    label: Text,
    tone: Literal["primary", "secondary", "tertiary"] = "primary",
    url: str = "",
    icon: str = "",
    name: str = "",
    value: str = "",
) -> dict[str, Any]:
    """A button that sends its form; with `url` a link that looks like one."""
    return {"label": label, "tone": tone, "url": url, "icon": icon, "name": name, "value": value}


@register.simple_tag
def icon(name: str) -> SafeString:
    """A decorative icon of the kit; the word stands beside it."""
    return pieces.icon(name)
