"""Who carries how much: the overview before the decision."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from miteinander.core.errors import NotThere
from miteinander.documents.lists import LIST_TYPES, as_list
from miteinander.strategy import queries
from miteinander.strategy.states import Funding
from miteinander.ui.shapes import Cell, Column, Link, Matrix, MatrixHead, MatrixRow, PlanRow
from miteinander.ui.words import written_day, written_money, written_number
from miteinander.workspace.asking import enter
from miteinander.workspace.views.strategy.rooms import concept_crumbs, concept_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from miteinander.strategy.models import FieldOfAction, Measure
    from miteinander.strategy.queries import Burden, LoadMap, Money
    from miteinander.ui.requests import MemberRequest


@require_safe
def load(request: MemberRequest, identifier: str) -> HttpResponse:
    """In sentences first, then who, how much, when, what is missing, and for whom."""
    enter(request, "strategy.see_board")
    concept = concept_of(request, identifier)
    found = queries.load_map(concept)
    today = localdate(request.standing.at)
    context = {
        "title": _("Who carries how much"),
        "crumbs": concept_crumbs(concept, Link(_("Who carries how much"))),
        "concept": concept,
        "load": found,
        "sentences": _sentences(found),
        "burden_columns": _burden_columns(),
        "burdens": [_burden(row) for row in found.burdens],
        "funding_columns": _funding_columns(),
        "funding": [_funding(state, money) for state, money in found.funding.items()],
        "lacks": found.lacks,
        "plans": _plans(found),
        "today": today,
        "groups": _matrix(
            found.by_group, found.fields, _("Target group"), _("Target groups over the fields")
        ),
        "themes": _matrix(
            found.by_theme,
            found.fields,
            _("Cross-cutting theme"),
            _("Cross-cutting themes over the fields"),
        ),
        "files": [
            Link(ending.upper(), reverse("workspace:load_file", args=[identifier, ending]))
            for ending in LIST_TYPES
        ],
    }
    return render(request, "workspace/load.html", context)


@require_safe
def load_file(request: MemberRequest, identifier: str, ending: str) -> HttpResponse:
    """What each institution carries, as a file."""
    enter(request, "strategy.see_board")
    concept = concept_of(request, identifier)
    if ending not in LIST_TYPES:
        raise NotThere
    found = queries.load_map(concept)
    content = as_list(
        ending,
        title=_("Who carries how much"),
        heads=[str(column.label) for column in _burden_columns()],
        rows=[
            [
                row.title or _("Nobody yet"),
                *map(
                    str,
                    (
                        row.money.measures,
                        row.accepted,
                        row.joined,
                        row.money.once,
                        row.money.yearly,
                        row.posts,
                    ),
                ),
            ]
            for row in found.burdens
        ],
    )
    response = HttpResponse(content, content_type=LIST_TYPES[ending])
    word = _("load")
    name = f"{word}-{concept.identifier}.{ending}"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _sentences(found: LoadMap) -> list[str]:
    """What the pictures below show, for whoever has one minute."""
    n = len(found.measures)
    if not n:
        return []
    told = [
        ngettext(
            "%(n)s measure costs %(once)s once and %(yearly)s a year.",
            "%(n)s measures cost %(once)s once and %(yearly)s a year.",
            n,
        )
        % {
            "n": written_number(n),
            "once": written_money(found.total.once),
            "yearly": written_money(found.total.yearly),
        }
    ]
    if found.total.unpriced:
        told.append(
            ngettext(
                "%(n)s of them names no cost.", "%(n)s of them name no cost.", found.total.unpriced
            )
            % {"n": written_number(found.total.unpriced)}
        )
    gap = found.gap
    if gap.once or gap.yearly:
        told.append(
            _("For %(once)s once and %(yearly)s a year nobody knows yet where they come from.")
            % {"once": written_money(gap.once), "yearly": written_money(gap.yearly)}
        )
    first = next((row for row in found.burdens if row.identifier), None)
    if first and first.money.measures:
        told.append(
            ngettext(
                "%(who)s carries most: %(n)s measure.",
                "%(who)s carries most: %(n)s measures.",
                first.money.measures,
            )
            % {"who": first.title, "n": written_number(first.money.measures)}
        )
    posts = sum(row.posts for row in found.burdens)
    if posts:
        told.append(
            _("All together need %(posts)s full-time posts.") % {"posts": written_number(posts)}
        )
    return told


def _burden_columns() -> list[Column]:
    return [
        Column(_("Institution")),
        Column(_("Leads"), is_number=True),
        Column(_("Accepted"), is_number=True),
        Column(_("Works along"), is_number=True),
        Column(_("Cost once"), is_number=True),
        Column(_("Cost a year"), is_number=True),
        Column(_("Full-time posts"), is_number=True),
    ]


def _burden(row: Burden) -> list[Cell | str | int]:
    name = (
        Cell(row.title, reverse("workspace:organisation", args=[row.identifier]))
        if row.identifier
        else Cell(_("Nobody yet"))
    )
    return [
        name,
        row.money.measures,
        row.accepted,
        row.joined,
        written_money(row.money.once),
        written_money(row.money.yearly),
        written_number(row.posts),
    ]


def _funding_columns() -> list[Column]:
    return [
        Column(_("Funding")),
        Column(_("Measures"), is_number=True),
        Column(_("Cost once"), is_number=True),
        Column(_("Cost a year"), is_number=True),
        Column(_("Without a cost"), is_number=True),
    ]


def _funding(state: str, money: Money) -> list[Cell | str | int]:
    label = str(Funding(state).label) if state else _("not clarified")
    return [
        label,
        money.measures,
        written_money(money.once),
        written_money(money.yearly),
        money.unpriced,
    ]


def _plans(found: LoadMap) -> list[tuple[FieldOfAction, list[PlanRow]]]:
    """Measures with a start, field by field; the names carry their numbers."""
    plans: dict[FieldOfAction, list[PlanRow]] = {}
    for measure in found.measures:
        if measure.starts:
            row = PlanRow(
                label=f"{measure.number} {measure.title}".strip(),
                planned=(measure.starts, measure.ends),
                position=None,
                spoken=_spoken(measure),
            )
            plans.setdefault(measure.goal.field, []).append(row)
    return list(plans.items())


def _spoken(measure: Measure) -> str:
    assert measure.starts is not None
    starts = written_day(measure.starts, "month")
    if measure.ends is None:
        return _("from %(starts)s, without an end") % {"starts": starts}
    return _("%(starts)s to %(ends)s") % {
        "starts": starts,
        "ends": written_day(measure.ends, "month"),
    }


def _matrix(
    rows: Sequence[tuple[str, dict[int, int]]],
    fields: Sequence[FieldOfAction],
    corner: str,
    caption: str,
) -> Matrix | None:
    if not rows or not fields:
        return None
    missing = [(word, field) for word, cells in rows for field in fields if not cells.get(field.pk)]
    most, cells = rows[0]
    sentence = _("“%(word)s” comes up most, in %(n)s of the measures.") % {
        "word": most,
        "n": written_number(sum(cells.values())),
    }
    if missing:
        sentence += " " + ngettext(
            "%(n)s place is empty.", "%(n)s places are empty.", len(missing)
        ) % {"n": written_number(len(missing))}
    return Matrix(
        corner=corner,
        columns=tuple(MatrixHead(f"{field.number} {field.title}".strip()) for field in fields),
        rows=tuple(
            MatrixRow(MatrixHead(word), tuple(Cell(cells.get(field.pk, 0)) for field in fields))
            for word, cells in rows
        ),
        caption=caption,
        sentence=sentence,
    )
