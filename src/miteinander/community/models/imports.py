"""Lists that are taken over into the register, as long as somebody decides about them."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from miteinander.community.models.people import Person
from miteinander.community.states import ImportState, LineOutcome, LineSubject
from miteinander.core.models import Job, Municipality, Thing


class Incoming(models.Model):
    """What every file that is taken over has, until somebody has decided about it."""

    name = models.CharField(_("file"), max_length=200)
    content = models.BinaryField()
    """Erased when it is done or dropped, at the latest after a week."""
    state = models.CharField(max_length=8, choices=ImportState, default=ImportState.READING)
    mapping = models.JSONField(default=dict)
    """What somebody said that columns, headings and labels mean; what is missing is guessed."""
    seen = models.JSONField(default=list)
    """How it stood here when it was compared: counts and last numbers."""
    totals = models.JSONField(default=dict)
    """What came out, in figures; after it is done all that is left."""
    refusal = models.TextField(blank=True)
    received_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        abstract = True
        ordering = ["-received_at", "-pk"]

    def __str__(self) -> str:
        return self.name


class IncomingLine(models.Model):
    """What one entry of such a file is, and what is to become of it: a proposal, nothing more."""

    position = models.PositiveIntegerField()
    title = models.CharField(max_length=300)
    says = models.JSONField(default=dict)
    """The values that would be written, by the name of their column."""
    match = models.BigIntegerField(null=True)
    """The row that it is, of those that are here."""
    differences = models.JSONField(default=list)
    """What would change: {"field", "old", "new"}, and whether it changed here, too ("both")."""
    candidates = models.JSONField(default=list)
    """What it could be: {"pk" or "line", "label"}."""
    remarks = models.JSONField(default=list)
    """What was not understood: {"code", "value"}, with its "cell" or "field"."""

    class Meta:
        abstract = True
        ordering = ["position"]

    def __str__(self) -> str:
        return self.title


class SheetImport(Incoming):
    """A list that somebody sent in, with its preview (Einlesen): theirs alone, and not for long."""

    municipality = models.ForeignKey(Municipality, models.CASCADE, related_name="imports")
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="imports")
    sheet = models.PositiveSmallIntegerField(default=0)
    sheets = models.JSONField(default=list)
    """Of each sheet: name, whether it is hidden, how many rows it has."""
    columns = models.JSONField(default=list)
    """Of each column of the chosen sheet: place, heading, first entries, what it was guessed as."""
    job = models.ForeignKey(Job, models.SET_NULL, null=True, related_name="imports")

    class Meta(Incoming.Meta):
        verbose_name = _("import")
        verbose_name_plural = _("imports")


class SheetLine(IncomingLine):
    """What one entry of a list is and what is to become of it (Zeile): a proposal, nothing more."""

    sheet_import = models.ForeignKey(SheetImport, models.CASCADE, related_name="lines")
    subject = models.CharField(max_length=12, choices=LineSubject)
    row = models.PositiveIntegerField()
    """The number that the spreadsheet shows beside it; of an institution, where it comes first."""
    outcome = models.CharField(max_length=8, choices=LineOutcome)
    decision = models.CharField(max_length=12, blank=True)
    """“new”, “leave”, or the place of a candidate."""

    class Meta(IncomingLine.Meta):
        verbose_name = _("line of a list")
        verbose_name_plural = _("lines of lists")
        indexes = [models.Index(fields=["sheet_import", "outcome", "position"])]


class ColumnMapping(models.Model):
    """What the columns of a list mean (Spaltenzuordnung), remembered by its headings."""

    municipality = models.ForeignKey(Municipality, models.CASCADE, related_name="column_mappings")
    headings = models.CharField(max_length=64)
    """A digest of them."""
    mapping = models.JSONField(default=dict)

    class Meta:
        verbose_name = _("column mapping")
        verbose_name_plural = _("column mappings")
        constraints = [
            models.UniqueConstraint(
                fields=["municipality", "headings"], name="one_mapping_for_the_same_headings"
            )
        ]

    def __str__(self) -> str:
        return self.headings


class Spelling(models.Model):
    """How a list calls something that has another name here (Schreibweise): decided once.

    Of a person only a keyed digest is kept, and it goes when the person is forgotten.
    """

    municipality = models.ForeignKey(Municipality, models.CASCADE, related_name="spellings")
    key = models.CharField(max_length=300)
    thing = models.ForeignKey(Thing, models.CASCADE, null=True, related_name="spellings")
    person = models.ForeignKey(Person, models.CASCADE, null=True, related_name="spellings")

    class Meta:
        verbose_name = _("spelling")
        verbose_name_plural = _("spellings")
        constraints = [
            models.UniqueConstraint(
                fields=["municipality", "key"], name="one_meaning_for_a_spelling"
            ),
            models.CheckConstraint(
                name="spelling_of_one_thing_or_person",
                condition=Q(thing__isnull=False, person=None) | Q(thing=None, person__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return self.key
