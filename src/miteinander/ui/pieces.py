"""The HTML of the components that a page shows by the dozen.

A list of seventy measures draws seventy rows, each with a badge and a date. As templates, every
one of them would set up a context of its own; here it is one string. The rule of this module:
whatever is not markup goes through `text` (which escapes unless it is markup already), and
`piece` is the only door out. Words are translated outside of f-strings: the tool that gathers
them for the catalogues does not look inside.
"""

from __future__ import annotations

import html as markup
from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from functools import lru_cache, wraps
from typing import TYPE_CHECKING, Any, ParamSpec

from django.utils import timezone
from django.utils.formats import localize
from django.utils.safestring import SafeString
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from miteinander.ui import charts, words
from miteinander.ui.shapes import (
    BarRow,
    BodyRow,
    Bundle,
    Cell,
    ChangeRow,
    Column,
    DocumentRow,
    File,
    GoalRow,
    Link,
    LogRow,
    Matrix,
    MeasureRow,
    Photo,
    PlanMark,
    PlanRow,
    RadarRow,
    ReportMark,
    SeatRow,
    Segment,
    Station,
    Support,
    VoiceRow,
    direction,
)
from miteinander.ui.states import Look, look_of

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

    from miteinander.ui.charts import Part, Stretch

    Text = str | _StrPromise


P = ParamSpec("P")


def remembered(most: int) -> Callable[[Callable[P, SafeString]], Callable[P, SafeString]]:
    """Draw what was drawn before once: a component is its arguments and the page's language.

    `most` bounds the memory. Arguments are frozen shapes, so they can be looked up, and all their
    texts go through `plain`.
    """

    def keep(draw: Callable[P, SafeString]) -> Callable[P, SafeString]:
        @lru_cache(maxsize=most)
        def drawn(_language: str | None, *given: P.args, **named: P.kwargs) -> SafeString:
            return draw(*given, **named)

        @wraps(draw)
        def again(*given: P.args, **named: P.kwargs) -> SafeString:
            return drawn(get_language(), *given, **named)  # type: ignore[arg-type]  # frozen shapes

        return again

    return keep


def text(value: object) -> SafeString:
    """Escaped, unless it is markup already: what Django's `conditional_escape` does.

    Without that function's readiness for lazy answers, which costs more than the escaping.
    """
    found = str(value)  # lazy words become words
    return found if isinstance(found, SafeString) else SafeString(markup.escape(found))


def plain(value: object) -> SafeString:
    """Escaped, even what claims to be markup: for everything that `remembered` pieces are given.

    A text that is markup equals the same text that is none, so one could be found for the other.
    """
    return SafeString(markup.escape(str(value)))


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


@remembered(64)
def example_tag() -> SafeString:
    """The same mark stands on a page forty times."""
    return piece('<span class="example">' + text(_("Example")) + "</span>")


def badge(look: Look, label: Text, *, large: bool = False) -> SafeString:
    size = " badge--large" if large else ""
    return piece(
        f'<span class="badge badge--{text(look.tone)}{size}">{icon(look.icon)}{text(label)}</span>'
    )


def state(name: str, label: Text = "", *, large: bool = False) -> SafeString:
    if label:
        return badge(look_of(name), label, large=large)
    return _state(str(name), large)


@remembered(512)
def _state(name: str, large: bool) -> SafeString:
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


@remembered(4096)
def _measure_row(row: MeasureRow, today: date) -> SafeString:
    lead: str = plain(row.lead or _("Nobody has taken the lead yet"))
    if row.is_key:
        lead += " · <b>" + text(_("key measure")) + "</b>"
    if row.is_example:
        lead += f" {example_tag()}"
    if row.remark:
        since = f'<span class="age">{plain(row.remark)}</span>'
    elif row.reported_on:
        age = text(words.age_of(row.reported_on, today).replace(" ", words.NO_BREAK))
        since = f'<span class="age">{moment(row.reported_on)} ({age})</span>'
    else:
        since = ""
    badge_of_it = state(row.state, plain(row.state_label))
    return piece(
        f'<li class="measure"><span class="measure__no">{plain(row.number)}</span>'
        f'<p class="measure__title"{spoken_in(row.language)}>'
        f'<a href="{plain(row.url)}">{plain(row.title)}</a></p>\n'
        f'  <p class="measure__lead">{lead}</p>\n'
        f'  <div class="measure__state">{badge_of_it}{since}</div></li>'
    )


def goal_rows(rows: Sequence[GoalRow]) -> SafeString:
    return piece("".join(_goal_row(row) for row in rows))


def _goal_row(row: GoalRow) -> str:
    mark = f" {example_tag()}" if row.is_example else ""
    state_of_all = stacked_bar(row.segments, size="thin") if row.segments else ""
    url, origin = plain(row.url), text(_("Where this goal comes from"))
    if row.measures:
        below = f'<ol class="measures">{measure_rows(row.measures)}</ol>'
    else:
        nothing = text(_("No measure has been handed in for this goal yet."))
        below = f'<p class="quiet">{nothing}</p>'
    return (
        f'<section class="goal" id="ziel-{plain(row.identifier)}">'
        f'<div class="goal__head"><span class="goal__no">{plain(row.number)}</span>'
        f'<h3><a href="{url}"{spoken_in(row.language)}>{plain(row.title)}</a>{mark}</h3>\n'
        f'  <div class="goal__meta">{state_of_all}'
        f'<p><a class="thread-link" href="{url}#faden">{origin}</a></p></div></div>\n'
        f"  {below}</section>\n"
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


@remembered(2048)
def _voice_row(row: VoiceRow) -> SafeString:
    shown = content(
        plain(row.text),
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
    behind = support(row.support) if row.support else ""
    about = comment_on(row.comment_on) if row.comment_on else ""
    photo = photograph(row.photo, css="voices__photo") if row.photo else ""
    where = f"  <small><bdi>{plain(row.place)}</bdi></small>\n" if row.place else ""
    if row.comments:
        said = ngettext("%(count)s comment", "%(count)s comments", row.comments)
        said %= {"count": number(row.comments)}
        behind = (
            f'<p class="small"><a href="{plain(row.url)}#comments">{text(said)}</a></p>{behind}'
        )
    return piece(
        f"<li>\n  {about}{photo}<p>{shown}</p>\n{where}"
        f"  <small>{when}{plain(row.channel)}</small>\n"
        f"  <small>{answer}{mark}</small>\n"
        f'  <p><a class="go" href="{plain(row.url)}">{onwards}<span class="sr">: '
        f'<bdi lang="{plain(row.language)}">{plain(row.title)}</bdi></span></a></p>\n{behind}</li>'
    )


def photograph(photo: Photo, *, css: str = "") -> SafeString:
    """A picture that somebody sent; loaded when it comes into sight."""
    named = f' class="{plain(css)}"' if css else ""
    return piece(
        f'<img{named} src="{plain(photo.url)}" width="{photo.width}" height="{photo.height}" '
        f'alt="{plain(photo.alternative_text)}"{spoken_in(photo.language)} '
        'loading="lazy" decoding="async">'
    )


def comment_on(about: Link) -> SafeString:
    """What a comment is about, with the way there where there is one."""
    label = text(_("Comment on:"))
    title = f"<bdi>{plain(about.label)}</bdi>"
    linked = f'<a href="{plain(about.url)}">{title}</a>' if about.url else title
    return piece(f'<p class="small quiet">{label} {linked}</p>')


def support(box: Support) -> SafeString:
    """How many stand behind something, in words; and the button, where there is one."""
    if box.count:
        said = ngettext("%(count)s person supports this.", "%(count)s people support this.",
                        box.count) % {"count": number(box.count)}  # fmt: skip
    else:
        said = _("Nobody supports this yet.")
    if box.is_mine:
        mine = _("You support this.")
        said = f"{mine} {said}"
    name = plain(box.name)
    count = f'<span class="support__count small" id="n-{name}">{text(said)}</span>'
    if not box.url:
        return piece(f'<p class="support">{count}</p>')
    verb, label, look = (
        ("take_back", _("No longer support"), "tertiary")
        if box.is_mine
        else ("support", _("Support this"), "secondary")
    )
    about = f'<span class="sr">: <bdi{spoken_in(box.language)}>{plain(box.about)}</bdi></span>'
    return piece(
        f'<form class="support" method="post" action="{plain(box.url)}" data-swap>'
        f'<input type="hidden" name="do" value="{verb}">'
        f'<button class="kern-btn kern-btn--{look}" '
        f'aria-describedby="n-{name}"><span class="kern-label">{text(label)}</span>{about}</button>'
        f"{count}</form>"
    )


def log_rows(rows: Sequence[LogRow]) -> SafeString:
    return piece("".join(_log_row(row) for row in rows))


@remembered(2048)
def _log_row(row: LogRow) -> SafeString:
    when = moment(row.when, row.precision) if row.when else ""
    html = _linked(plain(row.title), row.url)
    if row.result:
        html += f' <span class="small">({plain(row.result)})</span>'
    if row.is_example:
        html += f" {example_tag()}"
    return piece(f'<li><p class="age">{when} · {plain(row.body)}</p><p>{html}</p></li>')


def body_tiles(rows: Sequence[BodyRow]) -> SafeString:
    return piece("".join(_body_tile(row) for row in rows))


@remembered(512)
def _body_tile(row: BodyRow) -> SafeString:
    name = _linked(plain(row.title), row.url)
    if row.language:
        name = f"<bdi{spoken_in(row.language)}>{name}</bdi>"
    mark = f" {example_tag()}" if row.is_example else ""
    html = f'<p class="eyebrow">{plain(row.kind)}</p><h3>{name}{mark}</h3>\n'
    if row.perspectives:
        heard, views = text(_("Perspectives:")), ", ".join(plain(one) for one in row.perspectives)
        html += f'<p class="small"><span class="quiet">{heard}</span> {views}</p>'
    if row.seats:
        said = ngettext("%(count)s seat", "%(count)s seats", len(row.seats))
        html += (
            f'<details class="fold small"><summary>{said % {"count": number(len(row.seats))}}'
            f"</summary><ul>{seat_rows(row.seats)}</ul></details>"
        )
    else:
        none = text(_("The seats have not been entered yet."))
        html += f'<p class="small quiet">{none}</p>'
    return piece(f'<li class="tile stack--s">{html}</li>')


@remembered(512)
def report_marks(rows: tuple[ReportMark, ...]) -> SafeString:
    return piece(
        "".join(
            f"<li>{_linked(moment(row.when, 'month'), row.url)} {state(row.state)}</li>"
            for row in rows
        )
    )


def change_rows(rows: Sequence[ChangeRow]) -> SafeString:
    return piece("".join(_change_row(row) for row in rows))


@remembered(512)
def _change_row(row: ChangeRow) -> SafeString:
    title: str = plain(row.title)
    if row.language:
        title = f"<bdi{spoken_in(row.language)}>{title}</bdi>"
    name = f"{plain(row.number)} {title}"
    mark = f" {example_tag()}" if row.is_example else ""
    when = moment(row.when) if row.when else ""
    said = f"<p{spoken_in(row.said_in)}>{plain(row.text)}</p>" if row.text else ""
    was, now = text(_("before:")), text(_("now:"))
    return piece(
        f'<li class="change"><div><p class="change__title">{_linked(name.strip(), row.url)}{mark}'
        "</p>"
        f'<div class="small quiet">{said}{when}</div></div>\n'
        f'  <p class="change__way"><span class="sr">{was} </span>{state(row.before)}'
        f'<span class="change__arrow" aria-hidden="true"></span>'
        f'<span class="sr">, {now} </span>{state(row.after)}</p></li>'
    )


def document_rows(rows: Sequence[DocumentRow]) -> SafeString:
    return piece("".join(_document_row(row) for row in rows))


@remembered(512)
def _document_row(row: DocumentRow) -> SafeString:
    title: str = plain(row.title)
    if row.language:
        title = f"<bdi{spoken_in(row.language)}>{title}</bdi>"
    mark = f" {example_tag()}" if row.is_example else ""
    badge_of = f" {state(row.state, row.state_label)}" if row.state else ""
    facts = " · ".join(fact for fact in (plain(row.kind), plain(row.body)) if fact)
    files = "".join(_to_take(file, title) for file in row.files)
    load = text(_("Download:"))
    below = f'<ul class="paper__files"><li>{load}</li>{files}</ul>' if files else ""
    when = moment(row.when, row.precision) if row.when else ""
    return piece(
        f'<li class="paper"><p class="age">{when}</p><div><p class="small quiet">{facts}</p>'
        f'<p class="paper__title">{_linked(title, row.url)}{mark}{badge_of}</p>{below}'
        "</div></li>"
    )


def _to_take(file: File, title: str) -> str:
    """A file of a document: what it is, how large; who listens hears of which document."""
    spoken = f' hreflang="{plain(file.language)}"' if file.language else ""
    size = f' <span class="age">({words.written_size(file.size)})</span>' if file.size else ""
    return (
        f'<li><a href="{plain(file.url)}"{spoken}>{plain(file.kind)}'
        f'<span class="sr">: {title}</span></a>{size}</li>'
    )


# --- the thread ----------------------------------------------------------------------------


def thread(stations: Sequence[Station], label: Text, *, wide: bool) -> SafeString:
    last = len(stations) - 1
    inside = "".join(station(item, is_last=at == last) for at, item in enumerate(stations))
    css = "thread thread--wide" if wide else "thread"
    return piece(f'<ol class="{css}" aria-label="{text(label)}">\n{inside}</ol>')


@remembered(4096)
def station(item: Station, *, is_last: bool) -> SafeString:
    css = ["station"]
    gathers = item.bundle is not None and not item.bundle.is_history
    if gathers:
        css.append("station--bundle")
    if item.dissent or item.beside:
        css.append("station--dissent")
    if item.is_here:
        css.append("station--here")
    if item.position == "now":
        css.append("station--now station--stitched")
    elif item.position == "next":
        css.append("station--next")
    if is_last:
        css.append("station--last")
    current = ' aria-current="step"' if item.position == "now" else ""
    knot = '<span class="bundle" aria-hidden="true"></span>' if gathers else ""
    return piece(
        f'<li class="{" ".join(css)}"{current}>{knot}\n'
        f'  <div class="station__when">{_when(item)}{plain(item.body)}</div>\n'
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
    html = ""
    if item.title:
        title: str = plain(item.title)
        name = " ".join(part for part in (plain(item.kind_label), plain(item.number)) if part)
        # The name of its kind stays in the page's language. From right to left, each in its own
        # direction also where both are of the page: its words may not be translated yet.
        if item.language or (name and direction(get_language() or "") == "rtl"):
            title = f"<bdi{spoken_in(item.language)}>{title}</bdi>"
        if name:
            title = f"{name}: {title}"
        mark = f" {example_tag()}" if item.is_example else ""
        html += f"<h3>{_linked(title, item.url)}{mark}</h3>"
    if item.sentence:
        css = ' class="objection"' if item.dissent else ' class="quiet"' if item.is_here else ""
        html += f"<p{css}{spoken_in(item.said_in)}>{plain(item.sentence)}</p>"
    for note in item.notes:
        html += f'<p class="station__note">{plain(note)}</p>'
    return html + (_bundle(item.bundle) if item.bundle else "")


def _bundle(bundle: Bundle) -> str:
    html = ""
    if bundle.samples:
        if bundle.is_history:
            shown = ngettext("%(count)s earlier report", "%(count)s earlier reports", bundle.count)
        elif len(bundle.samples) < bundle.count:
            shown = _("Show %(shown)s of %(count)s: %(label)s")
        else:
            shown = _("Show all %(count)s: %(label)s")
        said = shown % {
            "shown": number(len(bundle.samples)),
            "count": number(bundle.count),
            "label": plain(bundle.label),
        }
        html += (
            f'<details class="fold"><summary><bdi>{said}</bdi></summary>\n      <ul class="voices">'
            f"{''.join(_sample(sample) for sample in bundle.samples)}</ul></details>"
        )
    if bundle.url:
        said = _("All %(count)s: %(label)s") % {
            "count": number(bundle.count),
            "label": plain(bundle.label),
        }
        html += f'<p><a class="go" href="{plain(bundle.url)}">{said}</a></p>'
    return html


def _sample(sample: Station) -> str:
    own = spoken_in(sample.said_in)
    below = (
        f'<span class="voices__text"{own}>{plain(sample.sentence)}</span>'
        if sample.sentence
        else ""
    )
    when = text(words.written_day(sample.when, sample.precision)) if sample.when else ""
    facts = ", ".join(f for f in (plain(sample.kind_label), when, plain(sample.body)) if f)
    mark = example_tag() if sample.is_example else ""
    title: str = plain(sample.title)
    if sample.language:
        title = f"<bdi{spoken_in(sample.language)}>{title}</bdi>"
    return f"<li>{_linked(title, sample.url)}{below}<small>{facts}</small>{mark}</li>"


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


@remembered(1024)
def stacked_bar(
    segments: tuple[Segment, ...],
    *,
    sentence: Text = "",
    size: str = "normal",
    has_legend: bool = False,
    has_table: bool = False,
    caption: Text = "",
    heading: Text = "",
) -> SafeString:
    """The bar with the sentence that says what it shows, its legend and the table behind it."""
    parts = charts.stacked(segments)
    below = legend(parts, size=size) if has_legend else ""
    if has_table:
        below += numbers(parts, caption=caption, heading=heading or _("State"))
    return figure(bar(parts, size=size), sentence=sentence, below=below)


def bar(parts: Sequence[Part], *, size: str) -> SafeString:
    """The drawing alone; what it says in words stands beside it."""
    spoken = ", ".join(f"{part.count} {part.label}" for part in parts) or _("no data")
    css = "bar" if size == "normal" else f"bar bar--{text(size)}"
    inside = "".join(_bar_part(part, size) for part in parts)
    return piece(f'<svg class="{css}" role="img" aria-label="{plain(spoken)}">{inside}</svg>')


def _bar_part(part: Part, size: str) -> str:
    tone, x, middle = plain(part.tone), plain(part.x), plain(part.middle)
    html = f'<rect class="f-{tone}" x="{x}" width="{plain(part.width)}" height="100%"/>'
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


@remembered(64)
def bar_rows(rows: tuple[BarRow, ...]) -> SafeString:
    lines = []
    for row in rows:
        name = _linked(plain(row.label), row.url)
        if row.language:
            name = f"<bdi{spoken_in(row.language)}>{name}</bdi>"
        lines.append(
            f'<li><p class="label">{name}<span class="age">{plain(row.remark)}</span></p>\n'
            f"  {stacked_bar(row.segments)}</li>"
        )
    return piece("".join(lines))


def radar_rows(rows: tuple[RadarRow, ...]) -> SafeString:
    """Bars on one scale of shares with a line where the target is; words stand beside each."""
    most = max([*(row.have or 0 for row in rows), *(row.want or 0 for row in rows), 0.01]) * 1.1
    return piece("".join(_radar_row(row, most) for row in rows))


def _radar_row(row: RadarRow, most: float) -> str:
    drawn = '<rect class="f-track" width="100%" height="100%" rx="3"/>'
    if row.have is None:
        drawn += '<rect class="f-silent" width="12%" height="100%" rx="3"/>'
    elif row.have:
        drawn += f'<rect class="f-have" width="{100 * row.have / most:.1f}%" height="100%" rx="3"/>'
    if row.want:
        drawn += f'<rect class="f-want" x="{100 * row.want / most:.1f}%" width="3" height="100%"/>'
    sign = icon("warning") if row.is_missing else ""
    mark = ' class="is-missing"' if row.is_missing else ""
    return (
        f"<li{mark}>"
        f'<p class="label"><span><bdi>{text(row.label)}</bdi></span>'
        f"<b>{sign}{text(row.said)}</b></p>"
        f'<svg aria-hidden="true">{drawn}</svg></li>'
    )


@remembered(64)
def plan(
    rows: tuple[PlanRow, ...],
    marks: tuple[PlanMark, ...],
    today: date,
    until: date | None,
    label: Text,
) -> SafeString:
    """Rows of a plan on one scale: the words stand beside each drawing, so the drawing is mute."""
    laid = charts.plan(rows, marks, today, until)
    grid = "".join(
        f'<rect class="plan__year" x="{x}" width="1" height="100%"/>' for x, _y in laid.years
    )
    if laid.today:
        grid += f'<rect class="plan__today" x="{laid.today}" width="2" height="100%"/>'
    drawn = "".join(
        _plan_row(row, planned, actual, grid)
        for row, (planned, actual) in zip(rows, laid.rows, strict=True)
    )
    names = "".join(f'<text x="{x}" y="70%">{name}</text>' for x, name in laid.years)
    axis = f'<div class="plan__axis" aria-hidden="true"><svg class="plan__bar">{names}</svg></div>'
    days = ""
    if marks:
        dots = "".join(
            f'<circle class="plan__mark{" plan__mark--open" if mark.is_open else ""}" cx="{x}"'
            ' cy="50%" r="6"/>'
            for mark, x in zip(marks, laid.marks, strict=True)
            if x
        )
        named = text(_("Meetings, resolutions and milestones"))
        days = (
            f'<li><p class="plan__label"><b>{named}</b></p>'
            f'<svg class="plan__bar" aria-hidden="true">{grid}{dots}</svg></li>'
        )
    return piece(
        f'<div class="plan">{axis}'
        f'<ol class="plain" aria-label="{plain(label)}">{drawn}{days}</ol></div>'
    )


def _plan_row(row: PlanRow, planned: Stretch, actual: Stretch | None, grid: str) -> str:
    state_of = {"past": "ended", "now": "running", "next": "not_started"}
    badge = state(state_of[row.position], row.state_label) if row.position else ""
    current = ' aria-current="step"' if row.position == "now" and not row.is_whole else ""
    words_of = [
        f'<span class="row"><b>{plain(row.label)}</b> {badge}</span>',
        f'<span class="small">{plain(row.spoken)}</span>' if row.spoken else "",
        f'<span class="small quiet">{plain(row.remark)}</span>' if row.remark else "",
        f'<span class="small objection">{plain(row.warning)}</span>' if row.warning else "",
    ]
    meant = " plan__meant--open" if planned.is_open else ""
    drawing = (
        f'<rect class="plan__meant{meant}" x="{planned.x}" y="15%" width="{planned.width}"'
        ' height="28%" rx="2"/>'
    )
    if actual:
        drawing += (
            f'<rect class="plan__went plan__went--{row.position}" x="{actual.x}" y="52%"'
            f' width="{actual.width}" height="34%" rx="2"/>'
        )
    css = ' class="plan__whole"' if row.is_whole else ""
    return (
        f'<li{css}{current}><p class="plan__label">{"".join(words_of)}</p>'
        f'<svg class="plan__bar" aria-hidden="true">{grid}{drawing}</svg></li>'
    )


def legend(parts: Sequence[Part], *, size: str) -> SafeString:
    lines = []
    for part in parts:
        count = f" <b>{number(part.count)}</b>" if size == "thin" or not part.shows_number else ""
        lines.append(
            f'<li><svg aria-hidden="true"><rect class="f-{plain(part.tone)}" width="100%"'
            f' height="100%"/></svg>{plain(part.label)}{count}</li>'
        )
    return piece(f'<ul class="legend">{"".join(lines)}</ul>')


def figure(drawing: SafeString, *, sentence: Text, below: str) -> SafeString:
    said = f"<figcaption>{plain(sentence)}</figcaption>" if sentence else ""
    return piece(f'<figure class="stack--s">{said}\n  {drawing}\n  {below}\n</figure>')


def numbers(parts: Sequence[Part], *, caption: Text, heading: Text) -> SafeString:
    """What the bar shows, as a table that opens."""
    named = f"<caption>{plain(caption)}</caption>" if caption else ""
    lines = [*((part.label, part.count) for part in parts)]
    lines.append((_("Total"), sum(part.count for part in parts)))
    rows = "".join(
        f'<tr><th scope="row">{plain(label)}</th><td class="num">{number(of)}</td></tr>'
        for label, of in lines
    )
    opens, count = text(_("Numbers as a table")), text(_("Count"))
    return piece(
        f'<details class="fold small"><summary>{opens}</summary>'
        f'<table class="data">{named}<thead><tr><th scope="col">{plain(heading)}</th>'
        f'<th scope="col" class="num">{count}</th></tr></thead>'
        f"<tbody>{rows}</tbody></table></details>"
    )


@remembered(64)
def matrix(shown: Matrix) -> SafeString:
    """A table whose cells are the darker the more they count; on small screens one card a line."""
    most = max((_counted(cell) for row in shown.rows for cell in row.cells), default=0)
    labels = [plain(column.label) for column in shown.columns]
    marks = [spoken_in(column.language) for column in shown.columns]
    heads = "".join(
        f'<th scope="col"{mark}>{_linked(label, column.url)}</th>'
        for column, label, mark in zip(shown.columns, labels, marks, strict=True)
    )
    lines = []
    for row in shown.rows:
        cells = "".join(
            f'<td class="h{heat(_counted(cell), most)}" data-label="{label}">{_cell(cell)}</td>'
            for cell, label in zip(row.cells, labels, strict=True)
        )
        head = _linked(plain(row.head.label), row.head.url)
        mark = spoken_in(row.head.language)
        lines.append(f'<tr><th scope="row"{mark}>{head}</th>{cells}</tr>')
    caption = plain(shown.caption)
    table = piece(
        # Whoever uses a keyboard must be able to move a wide table: hence the tabindex.
        f'<div class="scroll" role="region" aria-label="{caption}" tabindex="0">'
        f'<table class="data matrix cards-small"><caption class="kern-sr-only">{caption}</caption>'
        f'<thead><tr><th scope="col">{plain(shown.corner)}</th>{heads}</tr></thead>'
        f"<tbody>{''.join(lines)}</tbody></table></div>"
    )
    return figure(table, sentence=shown.sentence, below=piece(""))


def heat(count: int, most: int) -> int:
    """How dark a cell is: nothing, the lowest, the middle or the highest third."""
    return 0 if not count else min(3, 1 + (3 * count - 1) // most) if most else 0


def _counted(cell: Cell) -> int:
    return int(cell.text) if isinstance(cell.text, int | float) else 0


@remembered(256)
def table_rows(columns: tuple[Column, ...], rows: tuple[tuple[Cell, ...], ...]) -> SafeString:
    """The lines of a table; the first cell heads its line, the others know their column."""
    labels = [plain(column.label) for column in columns]
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
    shown = number(cell.text) if isinstance(cell.text, int | float) else plain(cell.text)
    if cell.state:
        return state(cell.state, shown)
    return _linked(shown, cell.url)
