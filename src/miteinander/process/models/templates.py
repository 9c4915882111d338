"""What a process begins with: the pattern, and where a town keeps its own."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any, TypeVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from miteinander.core.models import Municipality
from miteinander.process.models.processes import Process

P = TypeVar("P")


@dataclass(frozen=True, slots=True)
class Named:
    """A perspective, a field of action or a cross-cutting theme."""

    title: str
    text: str = ""


@dataclass(frozen=True, slots=True)
class PlannedSeat:
    function: str
    perspective: str = ""
    """By its title."""
    leads: bool = False
    has_voice: bool = True


@dataclass(frozen=True, slots=True)
class PlannedBody:
    title: str
    kind: str
    text: str = ""
    seats: tuple[PlannedSeat, ...] = ()


@dataclass(frozen=True, slots=True)
class PlannedPhase:
    title: str
    kind: str
    after: int
    """Months from the start of the process to the start of the phase."""
    months: int | None = None
    """How long; 0 is a single day, None an open end."""
    permits: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PlannedMilestone:
    title: str
    after: int


@dataclass(frozen=True, slots=True)
class PlannedChapter:
    """A chapter of the document: a kind of chapter, or one of the town's own with a heading."""

    kind: str
    title: str = ""
    text: str = ""
    left_out: bool = False


@dataclass(frozen=True, slots=True)
class Pattern:
    """What a process begins with; all of it can be changed afterwards.

    `fields`, `themes` and `chapters` wait until the concept of the process is begun.
    """

    title: str
    text: str = ""
    perspectives: tuple[Named, ...] = ()
    bodies: tuple[PlannedBody, ...] = ()
    phases: tuple[PlannedPhase, ...] = ()
    milestones: tuple[PlannedMilestone, ...] = ()
    fields: tuple[Named, ...] = ()
    themes: tuple[Named, ...] = ()
    chapters: tuple[PlannedChapter, ...] = ()

    def as_parts(self) -> dict[str, Any]:
        """Return it as plain JSON, as it is kept."""
        return asdict(self)


class Template(models.Model):
    """A pattern that a town has saved from one of its processes (Vorlage)."""

    municipality = models.ForeignKey(Municipality, models.CASCADE, related_name="templates")
    source = models.ForeignKey(
        Process, models.SET_NULL, null=True, blank=True, related_name="templates"
    )
    title = models.CharField(_("name"), max_length=160)
    parts = models.JSONField(_("content"), default=dict)
    made_on = models.DateField(_("saved on"))

    class Meta:
        verbose_name = _("template")
        verbose_name_plural = _("templates")
        ordering = ["title", "pk"]

    def __str__(self) -> str:
        return self.title

    def pattern(self) -> Pattern:
        return pattern_from(self.parts)


def pattern_from(parts: Mapping[str, Any]) -> Pattern:
    """Read what :meth:`Pattern.as_parts` wrote."""

    def rows(name: str, shape: type[P]) -> tuple[P, ...]:
        return tuple(shape(**_tuples(row)) for row in parts.get(name, ()))

    bodies = tuple(
        PlannedBody(**{**body, "seats": tuple(PlannedSeat(**seat) for seat in body["seats"])})
        for body in ({"seats": (), **body} for body in parts.get("bodies", ()))
    )
    return Pattern(
        title=parts["title"],
        text=parts.get("text", ""),
        perspectives=rows("perspectives", Named),
        bodies=bodies,
        phases=rows("phases", PlannedPhase),
        milestones=rows("milestones", PlannedMilestone),
        fields=rows("fields", Named),
        themes=rows("themes", Named),
        chapters=rows("chapters", PlannedChapter),
    )


def _tuples(row: Mapping[str, Any]) -> dict[str, Any]:
    return {name: tuple(each) if isinstance(each, list) else each for name, each in row.items()}
