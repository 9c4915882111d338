from __future__ import annotations

from functools import lru_cache
from typing import ClassVar, Self

from django.conf import settings
from django.db import models
from django.urls import get_script_prefix, reverse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from miteinander.core.identifiers import new_identifier
from miteinander.core.models.municipality import Municipality


class Thing(models.Model):
    """Whatever has an address and may lie on the golden thread (Gegenstand).

    The stages inherit from it (one row here, one there): so lineage, events, translations
    and search refer to one table, and a thread of fifty stations is read without asking
    each stage. The columns here are the few that every station shows. A thing is never
    deleted: it is retired, or its text is withdrawn, and its address keeps answering.
    """

    KIND: ClassVar[str] = ""
    TRANSLATABLE: ClassVar[tuple[str, ...]] = ("title",)
    SEARCHED: ClassVar[tuple[str, ...]] = ()
    """Further texts that search looks into: fields, or paths to rows that belong to the thing."""
    FOUND_INSIDE: ClassVar[bool] = False
    """The office finds it also where the public may not."""
    FOUND_IN: ClassVar[tuple[str, ...]] = ()
    """Keys of things within which it is sought, such as ``process_id``."""

    municipality = models.ForeignKey(Municipality, models.PROTECT, related_name="things")
    identifier = models.CharField(
        max_length=12, unique=True, default=new_identifier, editable=False
    )
    kind = models.CharField(max_length=24, editable=False)
    title = models.CharField(_("title"), max_length=300, blank=True)
    language = models.CharField(_("language"), max_length=12, default="de")
    number = models.CharField(_("display number"), max_length=16, blank=True)
    """Changes when things move; addresses do not. A copy, written by the renumbering action."""
    is_public = models.BooleanField(default=False)
    """Everybody may see it. Written by actions; tests hold it to the rules."""
    is_example = models.BooleanField(_("example"), default=False)
    """Invented for an example installation: marked on every page and in every export."""
    former_titles = models.JSONField(default=list, blank=True, editable=False)
    """Earlier names, oldest first, so that a thread can say "früher: Gesundheit"."""
    retired_on = models.DateField(_("retired on"), null=True, blank=True)
    happened_on = models.DateField(null=True, blank=True)
    """The day that a station of the thread shows."""
    precision = models.CharField(
        max_length=5,
        default="day",
        choices=[("day", _("day")), ("month", _("month")), ("year", _("year"))],
    )
    revision = models.PositiveIntegerField(default=0, editable=False)
    """Counts saves; an editor who saw an older one is told (see core.revisions)."""
    created = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("thing")
        verbose_name_plural = _("things")
        indexes = [
            models.Index(fields=["municipality", "kind", "is_public"]),
            models.Index(
                fields=["municipality", "number"],
                name="thing_by_number",
                condition=~models.Q(number=""),
            ),
        ]

    def __str__(self) -> str:
        return self.title or self.identifier

    def save(self, *args: object, **kwargs: object) -> None:
        if not self.kind:
            self.kind = type(self).KIND
        super().save(*args, **kwargs)  # type: ignore[arg-type]  # Django's own signature varies

    def get_absolute_url(self) -> str:
        """The lasting address in the page's language."""
        return address_of(self.kind, self.identifier)

    def as_thing(self) -> Thing:
        """The shared row of a stage's object (lineage and events point there)."""
        return self if type(self) is Thing else self.thing_ptr  # type: ignore[attr-defined]  # the parent link exists on every subclass

    def refreshed(self) -> Self:
        found: Self = type(self)._default_manager.get(pk=self.pk)  # type: ignore[assignment]  # the manager is the subclass's
        return found


def address_of(kind: str, identifier: str) -> str:
    """The address of a thing; a page writes dozens of them, so the frame of it is remembered."""
    if not identifier.isascii() or not identifier.isalnum():
        return reverse(f"public:{kind}", args=[identifier])
    # No request has addresses of its own here (`set_urlconf`): asking costs more than the rest.
    prefix, urlconf = get_script_prefix(), settings.ROOT_URLCONF
    before, after = _frame_of(kind, get_language(), prefix, urlconf)
    return f"{before}{identifier}{after}"


@lru_cache(maxsize=512)
def _frame_of(kind: str, language: str | None, prefix: str, urlconf: str) -> tuple[str, str]:
    """What stands before and after the identifier; everything that it depends on is in the key."""
    before, _mark, after = reverse(f"public:{kind}", urlconf, args=[MARK]).partition(MARK)
    return before, after


MARK = "identifier0"


class StageThing(Thing):
    """Base of the things that stages add: the parent link without a clashing reverse name."""

    thing_ptr = models.OneToOneField(
        Thing, models.CASCADE, parent_link=True, primary_key=True, related_name="+"
    )

    class Meta:
        abstract = True
