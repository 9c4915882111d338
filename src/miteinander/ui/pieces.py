"""The HTML of the components that a page shows by the dozen.

A list of seventy measures draws seventy rows, each with a badge and a date. As templates, every
one of them would set up a context of its own; here it is one string. The rule of this module:
whatever is not markup goes through `text` (which escapes unless it is markup already), and
`piece` is the only door out. Words are translated outside of f-strings: the tool that gathers
them for the catalogues does not look inside.
"""

from __future__ import annotations

import html as markup
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from django.utils import timezone
from django.utils.formats import localize
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from miteinander.ui import words
from miteinander.ui.shapes import (
    Bundle,
    Cell,
    Column,
    LogRow,
    MeasureRow,
    SeatRow,
    Station,
    VoiceRow,
    direction,
)
from miteinander.ui.states import Look, look_of

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

    from miteinander.ui.charts import Part

    Text = str | _StrPromise


def text(value: object) -> SafeString:
    """Escaped, unless it is markup already: what Django's `conditional_escape` does.

    Without that function's readiness for lazy answers, which costs more than the escaping.
    """
    found = str(value)  # lazy words become words
    return found if isinstance(found, SafeString) else SafeString(markup.escape(found))


def piece(html: str) -> SafeString:
    """Markup of this module, with everything in it escaped already."""
    return SafeString(html)


def number(value: object) -> str:
    """As a template writes it: grouped by thousands in the page's language."""
    if type(value) is int and 0 <= value < 1000:
        return str(value)  # nothing to group, and this is nearly every number on a page
    return text(localize(value))


def spoken_in(language: str) -> str:
    """The attributes of a text in another language than its page; none for the page's own."""
    return f' lang="{text(language)}" dir="{direction(language)}"' if language else ""


def icon(name: str) -> SafeString:
    return piece(f'<span class="kern-icon kern-icon--{text(name)}" aria-hidden="true"></span>')


def picture(shown: Any, *, sizes: str, css: str = "", eager: bool = False) -> SafeString:
    """A picture in its sizes; the browser takes the one that fits. Room is kept: nothing jumps.

    `shown` is an attachment: its widths and addresses, its alternative text and its language.
    """
    widths = shown.widths
    sources = ", ".join(f"{shown.address(width)} {width}w" for width in widths)
    foreign = shown.language if shown.language != (get_language() or "") else ""
    waits = "" if eager else ' loading="lazy"'
    return piece(
        f'<img class="{text(css or "picture")}" src="{text(shown.address(widths[0]))}" '
        f'srcset="{text(sources)}" sizes="{text(sizes)}" width="{shown.width}" '
        f'height="{shown.height}" alt="{text(shown.alternative_text)}"{spoken_in(foreign)}'
        f'{waits} decoding="async">'
    )


def example_tag() -> SafeString:
    return _example_tag(get_language())


@lru_cache(maxsize=64)
def _example_tag(_language: str | None) -> SafeString:
    """Remembered by language: the same mark stands on a page forty times."""
    return piece('<span class="example">' + text(_("Example")) + "</span>")


def badge(look: Look, label: Text, *, large: bool = False) -> SafeString:
    size = " badge--large" if large else ""
    return piece(
        f'<span class="badge badge--{text(look.tone)}{size}">{icon(look.icon)}{text(label)}</span>'
    )


def state(name: str, label: Text = "", *, large: bool = False) -> SafeString:
    if label:
        return badge(look_of(name), label, large=large)
    return _state(str(name), large, get_language())


@lru_cache(maxsize=512)
def _state(name: str, large: bool, _language: str | None) -> SafeString:
    look = look_of(name)
    return badge(look, look.word, large=large)


def iso(value: date | datetime, precision: str = "day") -> str:
    written = words.local_day(value).isoformat()
    return written[:4] if precision == "year" else written[:7] if precision == "month" else written


def moment(value: date | datetime, precision: str = "day") -> str:
    """``<time>`` with the day as people write it."""
    day = text(words.written_day(value, precision))
    return f'<time datetime="{iso(value, precision)}">{day}</time>'


def content(shown: str, *, is_block: bool, language: str, is_foreign: bool, state: str) -> str:
    """A text, marked where it is in another language and where nobody has checked it."""
    marks = spoken_in(language) if is_foreign else ""
    html: str = text(shown)
    if is_block:
        html = f'<div class="prose"{marks}>{html}</div>'
    elif marks:
        html = f"<span{marks}>{html}</span>"
    if state == "machine":
        html += ' <small class="translated">' + text(_("machine translation")) + "</small>"
    elif state == "outdated":
        html += ' <small class="translated">' + text(_("outdated translation")) + "</small>"
    return piece(html)


def measure_rows(rows: Sequence[MeasureRow]) -> SafeString:
    today = timezone.localdate()
    return piece("".join(_measure_row(row, today) for row in rows))


def _measure_row(row: MeasureRow, today: date) -> str:
    lead: str = text(row.lead or _("Nobody has taken the lead yet"))
    if row.is_key:
        lead += " · <b>" + text(_("key measure")) + "</b>"
    if row.is_example:
        lead += f" {example_tag()}"
    if row.remark:
        since = f'<span class="age">{text(row.remark)}</span>'
    elif row.reported_on:
        age = text(words.age_of(row.reported_on, today).replace(" ", words.NO_BREAK))
        since = f'<span class="age">{moment(row.reported_on)} ({age})</span>'
    else:
        since = ""
    return (
        f'<li class="measure"><span class="measure__no">{text(row.number)}</span>'
        f'<p class="measure__title"{spoken_in(row.language)}>'
        f'<a href="{text(row.url)}">{text(row.title)}</a></p>\n'
        f'  <p class="measure__lead">{lead}</p>\n'
        f'  <div class="measure__state">{state(row.state, row.state_label)}{since}</div></li>'
    )


def seat_rows(rows: Sequence[SeatRow]) -> SafeString:
    return piece("".join(_seat_row(row) for row in rows))


def _seat_row(row: SeatRow) -> str:
    html: str = text(row.function)
    if row.perspective:
        html += f" <small>({text(row.perspective)})</small>"
    if row.leads:
        html += " <small>" + text(_("leads")) + "</small>"
    if row.is_vacant:
        html += " <small>" + text(_("vacant")) + "</small>"
    return f"<li>{html}</li>"


def voice_rows(rows: Sequence[VoiceRow]) -> SafeString:
    return piece("".join(_voice_row(row) for row in rows))


def _voice_row(row: VoiceRow) -> str:
    shown = content(
        str(row.text),
        is_block=False,
        language=row.text_language,
        is_foreign=row.text_language not in ("", get_language()),
        state=row.translation,
    )
    when = f"{moment(row.when, row.precision)}, " if row.when else ""
    if row.is_answered:
        answer = state("done", _("answered"))
    else:
        answer = state("waiting", _("waits for an answer"))
    mark = f" {example_tag()}" if row.is_example else ""
    onwards = text(_("What became of it"))
    return (
        f"<li>\n  <p>{shown}</p>\n"
        f"  <small>{when}{text(row.channel)}</small>\n"
        f"  <small>{answer}{mark}</small>\n"
        f'  <p><a class="go" href="{text(row.url)}">{onwards}<span class="sr">: '
        f'<bdi lang="{text(row.language)}">{text(row.title)}</bdi></span></a></p>\n</li>'
    )


def log_rows(rows: Sequence[LogRow]) -> SafeString:
    return piece("".join(_log_row(row) for row in rows))


def _log_row(row: LogRow) -> str:
    when = moment(row.when, row.precision) if row.when else ""
    html = _linked(text(row.title), row.url)
    if row.result:
        html += f' <span class="small">({text(row.result)})</span>'
    if row.is_example:
        html += f" {example_tag()}"
    return f'<li><p class="age">{when} · {text(row.body)}</p><p>{html}</p></li>'


# --- the thread ----------------------------------------------------------------------------


def thread(stations: Sequence[Station], label: Text, *, wide: bool) -> SafeString:
    last = len(stations) - 1
    inside = "".join(station(item, is_last=at == last) for at, item in enumerate(stations))
    css = "thread thread--wide" if wide else "thread"
    return piece(f'<ol class="{css}" aria-label="{text(label)}">\n{inside}</ol>')


def station(item: Station, *, is_last: bool) -> SafeString:
    css = ["station"]
    if item.bundle:
        css.append("station--bundle")
    if item.dissent:
        css.append("station--dissent")
    if item.position == "now":
        css.append("station--now station--stitched")
    elif item.position == "next":
        css.append("station--next")
    if is_last:
        css.append("station--last")
    current = ' aria-current="step"' if item.position == "now" else ""
    knot = '<span class="bundle" aria-hidden="true"></span>' if item.bundle else ""
    return piece(
        f'<li class="{" ".join(css)}"{current}>{knot}\n'
        f'  <div class="station__when">{_when(item)}{text(item.body)}</div>\n'
        f'  <div class="station__what">{_what(item)}</div></li>\n'
    )


def _when(item: Station) -> str:
    shown = moment(item.when, item.precision) if item.when else ""
    if item.position == "now":
        gap = "<br>" if shown and item.body else ""
        here = text(_("This is where we are"))
        return f"<b>{here}</b>{shown}{gap}"
    return f"<b>{shown}</b>" if shown else ""


def _what(item: Station) -> str:
    marks = spoken_in(item.language)
    html = ""
    if item.title:
        name = " ".join(part for part in (text(item.kind_label), text(item.number)) if part)
        title = f"{name}: {text(item.title)}" if name else text(item.title)
        html += f"<h3{marks}>{_linked(title, item.url)}</h3>"
    if item.is_example:
        html += f"<p>{example_tag()}</p>"
    if item.sentence:
        html += f"<p{marks}>{text(item.sentence)}</p>"
    css = "objection" if item.dissent else "station__note"
    for note in item.notes:
        html += f'<p class="{css}">{text(note)}</p>'
    return html + (_bundle(item.bundle) if item.bundle else "")


def _bundle(bundle: Bundle) -> str:
    html = ""
    if bundle.samples:
        said = _("Show %(shown)s of %(count)s: %(label)s") % {
            "shown": number(len(bundle.samples)),
            "count": number(bundle.count),
            "label": text(bundle.label),
        }
        html += (
            f'<details class="fold"><summary>{said}</summary>\n      <ul class="voices">'
            f"{''.join(_sample(sample) for sample in bundle.samples)}</ul></details>"
        )
    if bundle.url:
        said = _("All %(count)s: %(label)s") % {
            "count": number(bundle.count),
            "label": text(bundle.label),
        }
        html += f'<p><a class="go" href="{text(bundle.url)}">{said}</a></p>'
    return html


def _sample(sample: Station) -> str:
    own = f' lang="{text(sample.language)}"' if sample.language else ""
    below = f'<span class="voices__text">{text(sample.sentence)}</span>' if sample.sentence else ""
    when = text(words.written_day(sample.when, sample.precision)) if sample.when else ""
    facts = ", ".join(f for f in (text(sample.kind_label), when, text(sample.body)) if f)
    mark = example_tag() if sample.is_example else ""
    title = _linked(text(sample.title), sample.url)
    return f"<li{own}>{title}{below}<small>{facts}</small>{mark}</li>"


def _linked(html: str, url: str) -> str:
    """Escaped text, inside a link where it has one."""
    return f'<a href="{text(url)}">{html}</a>' if url else html


# --- fields --------------------------------------------------------------------------------


def select(widget: Mapping[str, Any]) -> SafeString:
    """A list to choose from, out of what Django's own template would be given."""
    groups = []
    for name, options, _index in widget["optgroups"]:
        inside = "".join(_option(option) for option in options)
        grouped = f'\n  <optgroup label="{text(name)}">{inside}\n  </optgroup>' if name else inside
        groups.append(grouped)
    return piece(
        f'<select name="{text(widget["name"])}"{attributes(widget["attrs"])}>'
        f"{''.join(groups)}\n</select>"
    )


def _option(option: Mapping[str, Any]) -> str:
    return (
        f'\n  <option value="{text(option["value"])}"{attributes(option["attrs"])}>'
        f"{text(option['label'])}</option>"
    )


def attributes(given: Mapping[str, object]) -> str:
    """Attributes of a widget: True stands alone, False stays away."""
    return "".join(
        f" {text(name)}" if value is True else f' {text(name)}="{text(value)}"'
        for name, value in given.items()
        if value is not False
    )


# --- bars and tables -----------------------------------------------------------------------


def bar(parts: Sequence[Part], *, size: str) -> SafeString:
    """The drawing alone; what it says in words stands beside it."""
    spoken = ", ".join(f"{part.count} {part.label}" for part in parts) or _("no data")
    css = "bar" if size == "normal" else f"bar bar--{text(size)}"
    inside = "".join(_bar_part(part, size) for part in parts)
    return piece(f'<svg class="{css}" role="img" aria-label="{text(spoken)}">{inside}</svg>')


def _bar_part(part: Part, size: str) -> str:
    tone, x, middle = text(part.tone), text(part.x), text(part.middle)
    html = f'<rect class="f-{tone}" x="{x}" width="{text(part.width)}" height="100%"/>'
    if not part.is_first:
        html += f'<rect class="f-gap" x="{x}" width="2" height="100%"/>'
    if part.shows_number and size != "thin":
        if part.tone == "silent":
            html += (
                f'<rect class="f-gap" x="{middle}" y="50%" width="34" height="24" rx="4"'
                ' transform="translate(-17 -12)"/>'
            )
        html += f'<text class="x-{tone}" x="{middle}" y="52%">{number(part.count)}</text>'
    return html


def legend(parts: Sequence[Part], *, size: str) -> SafeString:
    lines = []
    for part in parts:
        count = f" <b>{number(part.count)}</b>" if size == "thin" or not part.shows_number else ""
        lines.append(
            f'<li><svg aria-hidden="true"><rect class="f-{text(part.tone)}" width="100%"'
            f' height="100%"/></svg>{text(part.label)}{count}</li>'
        )
    return piece(f'<ul class="legend">{"".join(lines)}</ul>')


def figure(drawing: SafeString, *, sentence: Text, below: str) -> SafeString:
    said = f"<figcaption>{text(sentence)}</figcaption>" if sentence else ""
    return piece(f'<figure class="stack--s">{said}\n  {drawing}\n  {below}\n</figure>')


def numbers(parts: Sequence[Part], *, caption: Text, heading: Text) -> SafeString:
    """What the bar shows, as a table that opens."""
    named = f"<caption>{text(caption)}</caption>" if caption else ""
    lines = [*((part.label, part.count) for part in parts)]
    lines.append((_("Total"), sum(part.count for part in parts)))
    rows = "".join(
        f'<tr><th scope="row">{text(label)}</th><td class="num">{number(of)}</td></tr>'
        for label, of in lines
    )
    opens, count = text(_("Numbers as a table")), text(_("Count"))
    return piece(
        f'<details class="fold small"><summary>{opens}</summary>'
        f'<table class="data">{named}<thead><tr><th scope="col">{text(heading)}</th>'
        f'<th scope="col" class="num">{count}</th></tr></thead>'
        f"<tbody>{rows}</tbody></table></details>"
    )


def table_rows(columns: Sequence[Column], rows: Sequence[Sequence[Cell]]) -> SafeString:
    """The lines of a table; the first cell heads its line, the others know their column."""
    labels = [text(column.label) for column in columns]
    kinds = [' class="num"' if column.is_number else "" for column in columns]
    lines = []
    for row in rows:
        first, *others = (_cell(cell) for cell in row)
        cells = "".join(
            f'<td{kind} data-label="{label}"><span>{html}</span></td>'
            for html, kind, label in zip(others, kinds[1:], labels[1:], strict=True)
        )
        lines.append(f'<tr><th scope="row">{first}</th>{cells}</tr>')
    return piece("".join(lines))


def _cell(cell: Cell) -> str:
    shown = number(cell.text) if isinstance(cell.text, int | float) else text(cell.text)
    if cell.state:
        return state(cell.state, shown)
    return _linked(shown, cell.url)
