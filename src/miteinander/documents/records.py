"""The chapters that write themselves: what the records say about how a concept came to be.

Each function takes the frozen content of a version and gives what stands below the heading of
one chapter: blocks, then sections. What was not recorded is not there.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date, datetime

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from miteinander.community.states import OrganisationKind
from miteinander.documents.charts import bars
from miteinander.documents.fields import (
    Content,
    field_section,
    joined,
    marked,
    measures_of,
    objection_remarks,
    origin_of,
    retired_section,
    themes_section,
    written,
)
from miteinander.documents.shapes import (
    Alignment,
    Block,
    Facts,
    Listing,
    Paragraph,
    Section,
    Table,
)
from miteinander.documents.timeline import timeline_of
from miteinander.documents.votes import ballots_section
from miteinander.process.states import MeetingKind, Result
from miteinander.strategy.states import Funding, LeadState
from miteinander.ui.coverage import said
from miteinander.ui.states import look_of
from miteinander.ui.words import written_day, written_number

Part = tuple[tuple[Block, ...], tuple[Section, ...]]
"""What stands below a heading: blocks, and then sections."""


def on(day: str | None, precision: str = "day") -> str:
    return written_day(date.fromisoformat(day), precision) if day else ""


def counted(content: Content) -> str:
    """How much the concept holds, in one sentence."""
    counts = content["counts"]
    return _("%(fields)s, %(goals)s, %(measures)s.") % {
        "fields": ngettext("%(n)s field of action", "%(n)s fields of action", counts["fields"])
        % {"n": written_number(counts["fields"])},
        "goals": ngettext("%(n)s goal", "%(n)s goals", counts["goals"])
        % {"n": written_number(counts["goals"])},
        "measures": ngettext("%(n)s measure", "%(n)s measures", counts["measures"])
        % {"n": written_number(counts["measures"])},
    }


def about(content: Content) -> tuple[tuple[str, str], ...]:
    """Which version this is, and who made it on whose behalf."""
    version, process = content["version"], content["process"]
    pairs = [
        (_("Version"), str(version["edition"])),
        (_("Frozen on"), written_day(datetime.fromisoformat(version["frozen_at"]))),
        (_("Process"), process["title"]),
        (_("Lead office"), process["lead_office"]),
    ]
    if mandate := process["mandate"]:
        result = str(Result(mandate["result"]).label)
        pairs.append(
            (
                _("Mandate"),
                joined([mandate["body"], on(mandate["on"], mandate["precision"]), result]),
            )
        )
    return tuple(pairs)


def glance(content: Content) -> Part:
    figures, counts = content["figures"], content["counts"]
    about_people = _("about %(n)s") if figures["people_approx"] else "%(n)s"
    rows = [
        (
            _("People who took part"),
            figures["people"] and about_people % {"n": _n(figures, "people")},
        ),
        (_("Institutions that took part"), figures["institutions"] and _n(figures, "institutions")),
        (_("Contributions"), figures["contributions"] and _n(figures, "contributions")),
        (_("Meetings"), figures["meetings"] and _n(figures, "meetings")),
        (_("Fields of action"), _n(counts, "fields")),
        (_("Cross-cutting themes"), _n(counts, "cross_cutting_themes")),
        (_("Goals"), _n(counts, "goals")),
        (_("Measures"), _n(counts, "measures")),
        (_("Objections that travel along"), counts["objections"] and _n(counts, "objections")),
    ]
    table = Table(
        _("The concept in figures"),
        (_("What"), _("Number")),
        tuple((what, number) for what, number in rows if number),
        alignments=("start", "end"),
    )
    return (Paragraph(counted(content)), table, *_by_field(content)), ()


def _n(figures: Content, name: str) -> str:
    return written_number(figures[name])


def _by_field(content: Content) -> tuple[Block, ...]:
    rows = [
        (f"{f['number']} {f['title']}".strip(), sum(len(goal["measures"]) for goal in f["goals"]))
        for f in content["fields"]
    ]
    if len(rows) < 2:
        return ()
    name, most = max(rows, key=lambda row: row[1])
    sentence = ngettext(
        "Most measures stand in “%(field)s”: %(n)s of %(all)s.",
        "Most measures stand in “%(field)s”: %(n)s of %(all)s.",
        most,
    ) % {
        "field": name,
        "n": written_number(most),
        "all": written_number(content["counts"]["measures"]),
    }
    return (
        bars(
            rows,
            caption=_("Measures by field of action"),
            sentence=sentence,
            columns=(_("Field of action"), _("Measures")),
            accent=content["municipality"]["accent"],
        ),
    )


def figures(content: Content) -> Part:
    """What is known of the town, and who took part by kind."""
    facts = content["municipality"]["facts"]
    rows = []
    for name, label in (("inhabitants", _("Inhabitants")), ("nations", _("Nations"))):
        if name in facts:
            year = facts.get(f"{name}_year")
            rows.append((f"{label} ({year})" if year else label, written_number(facts[name])))
    blocks: list[Block] = []
    if rows:
        name = content["municipality"]["name"]
        blocks.append(
            Table(
                _("%(town)s in figures") % {"town": name},
                (_("What"), _("Number")),
                tuple(rows),
                alignments=("start", "end"),
            )
        )
    kinds = [(_kind(group), len(group["organisations"])) for group in content["participants"]]
    if len(kinds) > 1:
        total = sum(number for _label, number in kinds)
        label, most = max(kinds, key=lambda row: row[1])
        blocks.append(
            bars(
                kinds,
                caption=_("Organisations that take part, by kind"),
                sentence=_("The largest group is “%(kind)s”: %(n)s of %(all)s organisations.")
                % {"n": written_number(most), "all": written_number(total), "kind": label},
                columns=(_("Kind"), _("Organisations")),
                accent=content["municipality"]["accent"],
            )
        )
    return tuple(blocks), ()


def _kind(group: Content) -> str:
    return str(OrganisationKind(group["kind"]).label)


def structures(content: Content) -> Part:
    """Bodies with their seats, and the organisations that take part."""
    sections = [_body(body) for body in content["bodies"]]
    if content["participants"]:
        sections.append(
            Section(
                _("Organisations that take part"),
                blocks=(
                    Paragraph(
                        _("They have a seat in a body, lead a measure or are partners in one.")
                    ),
                ),
                sections=tuple(
                    Section(
                        _kind(group),
                        blocks=(Listing(tuple(marked(o) for o in group["organisations"])),),
                        unlisted=True,
                    )
                    for group in content["participants"]
                ),
            )
        )
    return (), tuple(sections)


def _body(body: Content) -> Section:
    seats = _seats(body) if body["seats"] else Paragraph(_("No seats are recorded for this body."))
    return Section(
        body["title"],
        identifier=body["identifier"],
        language=body["language"],
        mark=_("Example") if body["is_example"] else "",
        blocks=(*written(body["text"], body["language"]), seats),
        unlisted=True,
    )


def _seats(body: Content) -> Table:
    """Perspectives only where seats have some, voices only where not every seat has one."""
    seats = body["seats"]
    named = any(seat["perspective"] for seat in seats)
    silent = any(not seat["has_voice"] for seat in seats)
    columns = [_("Function"), *([_("Perspective")] if named else [])]
    if silent:
        columns.append(_("Voice"))

    def row(seat: Content) -> tuple[str, ...]:
        cells = [joined([seat["function"], _("leads the body") if seat["leads"] else ""])]
        if named:
            cells.append(seat["perspective"])
        if silent:
            cells.append(_("with a voice") if seat["has_voice"] else _("without a voice"))
        return tuple(cells)

    return Table(
        _("Seats: %(body)s") % {"body": body["title"]},
        tuple(columns),
        tuple(row(seat) for seat in seats),
    )


def making(content: Content) -> Part:
    """From the mandate on: phases, milestones, meetings, resolutions."""
    process = content["process"]
    months = process["planned_months"]
    planned = ngettext("%(n)s month", "%(n)s months", months) % {"n": written_number(months)}
    pairs = [
        (_("Core question"), process["question"]),
        (_("Aims"), joined(process["aims"])),
        (_("Planned duration"), planned),
    ]
    blocks: list[Block] = [
        *written(process["text"], process["language"]),
        Facts(tuple((name, text) for name, text in pairs if text), caption=process["title"]),
    ]
    phases = _phases(content["phases"])
    sections = [
        Section(title, blocks=(table,))
        for title, table in (
            (_("Milestones"), _milestones(content["milestones"])),
            (_("Meetings"), _meetings(content["meetings"])),
            (_("Resolutions"), _resolutions(content["resolutions"])),
        )
        if table.rows
    ]
    if phases.rows:
        sections.insert(0, Section(_("Phases"), blocks=(timeline_of(content, phases),)))
    return tuple(blocks), tuple(sections)


def _phases(phases: Sequence[Content]) -> Table:
    return Table(
        _("The phases of the process"),
        (_("Phase"), _("from"), _("to")),
        tuple(
            (p["title"], on(p["starts"], p["precision"]), on(p["ends"], p["precision"]))
            for p in phases
        ),
    )


def _milestones(milestones: Sequence[Content]) -> Table:
    return Table(
        _("The milestones of the process"),
        (_("Milestone"), _("planned for"), _("reached on")),
        tuple((m["title"], on(m["on"]), on(m["reached_on"])) for m in milestones),
    )


def _meetings(meetings: Sequence[Content]) -> Table:
    return Table(
        _("The meetings of the process"),
        (_("Meeting"), _("Day"), _("Body"), _("Participants")),
        tuple(
            (
                marked(m),
                on(m["on"], m["precision"]),
                m["body"] or str(MeetingKind(m["kind"]).label),
                _present(m),
            )
            for m in meetings
        ),
        weights=(5, 4, 4, 2),
        alignments=("start", "start", "start", "end"),
    )


def _present(meeting: Content) -> str:
    if meeting["participants"] is None:
        return ""
    number = written_number(meeting["participants"])
    return _("about %(n)s") % {"n": number} if meeting["participants_approx"] else number


def _resolutions(resolutions: Sequence[Content]) -> Table:
    return Table(
        _("The resolutions of the process"),
        (_("Resolution"), _("Day"), _("Body"), _("Result")),
        tuple(
            (
                marked(r),
                on(r["on"], r["precision"]),
                r["body"],
                joined([str(Result(r["result"]).label), _votes(r)]),
            )
            for r in resolutions
        ),
        weights=(5, 4, 4, 3),
    )


def _votes(resolution: Content) -> str:
    told = [resolution[name] for name in ("votes_for", "votes_against", "abstentions")]
    if None in told:
        return ""
    return _("%(yes)s for, %(no)s against, %(abstained)s abstentions") % {
        "yes": told[0],
        "no": told[1],
        "abstained": told[2],
    }


def overview(content: Content) -> Part:
    """All fields on one page, the themes that lie across them, and what comes first."""
    table = Table(
        _("The fields of action"),
        (_("Field of action"), _("Guiding goal"), _("Goals"), _("Measures")),
        tuple(
            (
                f"{f['number']} {marked(f)}".strip(),
                f["guiding_goal"],
                written_number(len(f["goals"])),
                written_number(sum(len(goal["measures"]) for goal in f["goals"])),
            )
            for f in content["fields"]
        ),
        weights=(4, 7, 2, 3),
        alignments=("start", "start", "end", "end"),
    )
    sections = [
        *([themes_section(content)] if content["cross_cutting_themes"] else []),
        *_across(content),
        *_key_measures(measures_of(content)),
    ]
    return (table,), tuple(sections)


def _across(content: Content) -> tuple[Section, ...]:
    """How often the measures of each field take up each cross-cutting theme."""
    themes = content["cross_cutting_themes"]
    written_fields = [f for f in content["fields"] if any(goal["measures"] for goal in f["goals"])]
    if not themes or not written_fields:
        return ()
    found = Counter(
        (theme["identifier"], field["identifier"])
        for field in written_fields
        for goal in field["goals"]
        for measure in goal["measures"]
        for theme in measure["cross_cutting_themes"]
    )
    grid = [
        (
            marked(theme),
            [
                (marked(field), found[theme["identifier"], field["identifier"]])
                for field in written_fields
            ],
        )
        for theme in themes
    ]
    numbers: list[Alignment] = ["end"] * len(grid)
    # Fields stand one below the other: so many columns as there are themes fit on a page.
    table = Table(
        _("Measures by cross-cutting theme and field of action"),
        (_("Field of action"), *(theme for theme, _row in grid)),
        tuple(
            (
                f"{field['number']} {marked(field)}".strip(),
                *(written_number(row[place][1]) for _theme, row in grid),
            )
            for place, field in enumerate(written_fields)
        ),
        weights=(5, *(3 for _theme in grid)),
        alignments=("start", *numbers),
    )
    return (Section(_("Across all fields"), blocks=(Paragraph(said(grid)), table)),)


def _key_measures(measures: Sequence[Content]) -> tuple[Section, ...]:
    key = [measure for measure in measures if measure["is_key"]]
    if not key:
        return ()
    table = Table(
        _("The key measures"),
        (_("Measure"), _("Lead")),
        tuple((_numbered(m), m["lead"]["title"] if m["lead"] else _("Nobody yet")) for m in key),
        weights=(3, 2),
    )
    return (Section(_("Key measures"), blocks=(table,)),)


def fields(content: Content) -> Part:
    # The first one stands below the heading of the chapter, which begins a page already.
    return (), tuple(
        field_section(f, breaks=place > 0) for place, f in enumerate(content["fields"])
    )


def implementation(content: Content) -> Part:
    """Who carries how much, what the money is like, and how it stood when this was frozen."""
    measures = measures_of(content)
    sections = [Section(_("Who carries how much"), blocks=(_leads(measures), _funding(measures)))]
    if standing := content["implementation"]:
        sections.insert(0, _standing(standing, accent=content["municipality"]["accent"]))
    return (), tuple(sections)


def _leads(measures: Sequence[Content]) -> Table:
    nobody = _("Nobody yet")
    carried = Counter(m["lead"]["title"] if m["lead"] else nobody for m in measures)
    accepted = Counter(
        m["lead"]["title"] for m in measures if m["lead"] and m["lead_state"] == LeadState.ACCEPTED
    )
    rows = sorted(carried.items(), key=lambda row: (row[0] == nobody, -row[1], row[0]))
    return Table(
        _("Measures by lead"),
        (_("Lead"), _("Measures"), _("accepted")),
        tuple((name, written_number(n), written_number(accepted[name])) for name, n in rows),
        alignments=("start", "end", "end"),
    )


def _funding(measures: Sequence[Content]) -> Table:
    found = Counter(m["funding"] for m in measures)
    rows = [(str(kind.label), found[kind]) for kind in Funding if found[kind]]
    if found[""]:
        rows.append((_("not stated"), found[""]))
    return Table(
        _("Measures by funding"),
        (_("Funding"), _("Measures")),
        tuple((label, written_number(n)) for label, n in rows),
        alignments=("start", "end"),
    )


def _standing(standing: Content, *, accent: str) -> Section:
    lights = standing["lights"]
    rows = [(str(look_of(light).word), count) for light, count in lights]
    total, done = sum(n for _l, n in rows), sum(n for light, n in lights if light == "done")
    sentence = _("%(done)s of %(all)s measures of “%(title)s” are done.") % {
        "done": written_number(done),
        "all": written_number(total),
        "title": standing["title"],
    }
    return Section(
        _("How it stands"),
        blocks=(
            bars(
                rows,
                caption=_("The measures on %(day)s") % {"day": on(standing["on"])},
                sentence=sentence,
                columns=(_("State"), _("Measures")),
                accent=accent,
            ),
        ),
    )


def imprint(content: Content) -> Part:
    pairs = (
        (_("Publisher"), content["municipality"]["name"]),
        *about(content),
        (_("Checksum (SHA-256)"), content["checksum"]),
    )
    return (Facts(tuple(pair for pair in pairs if pair[1]), caption=_("Imprint")),), ()


def appendix(content: Content) -> Part:
    """Minority opinions, ballots, fields that were given up, and where each measure comes from."""
    measures = measures_of(content)
    sections = [section for section in (opinions_section(content),) if section]
    if content.get("ballots"):  # versions that were frozen before there were any do not know them
        sections.append(ballots_section(content))
    if content["retired_fields"]:
        sections.append(retired_section(content))
    if measures:
        origins = tuple(
            (_numbered(m), origin_of(m["origin"]) or _("not recorded")) for m in measures
        )
        table = Table(_("Where each measure comes from"), (_("Measure"), _("Origin")), origins)
        sections.append(Section(_("Where the measures come from"), blocks=(table,)))
    return (), tuple(sections)


def opinions_section(content: Content) -> Section | None:
    """What was objected to measures, and to what ballots put in words of their own."""
    raised: dict[str, list[Content]] = {}
    for measure in measures_of(content):
        if measure["objections"]:
            title = _("On measure %(title)s") % {"title": _numbered(measure)}
            raised.setdefault(title, []).extend(measure["objections"])
    for opinion in content.get("minority_opinions", ()):
        title = _("%(body)s on “%(subject)s” (%(question)s)") % opinion
        raised.setdefault(title, []).append(opinion)
    if not raised:
        return None
    return Section(
        _("Objections and minority opinions"),
        sections=tuple(
            Section(
                title,
                blocks=tuple(block for one in objections for block in objection_remarks(one)),
                unlisted=True,
            )
            for title, objections in raised.items()
        ),
    )


def _numbered(measure: Content) -> str:
    return f"{measure['number']} {marked(measure)}".strip()
