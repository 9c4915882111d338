"""What was agreed: who does what, until when."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from miteinander.community.models import Organisation, Person, Seat
from miteinander.process.models.meetings import AgendaItem, Meeting


class Task(models.Model):
    """Something agreed in a meeting (Aufgabe), with an owner and a deadline.

    `owner_function` is what everybody reads. Where the owner is in the register, one of the
    three references says who, so that the task can wait for them; at most one is set.
    """

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="tasks")
    item = models.ForeignKey(
        AgendaItem, models.SET_NULL, null=True, blank=True, related_name="tasks"
    )
    what = models.CharField(_("what"), max_length=300)
    owner_function = models.CharField(_("who"), max_length=160)
    owner_seat = models.ForeignKey(
        Seat, models.SET_NULL, null=True, blank=True, related_name="tasks"
    )
    owner_organisation = models.ForeignKey(
        Organisation, models.SET_NULL, null=True, blank=True, related_name="tasks"
    )
    owner_person = models.ForeignKey(
        Person, models.SET_NULL, null=True, blank=True, related_name="tasks"
    )
    due = models.DateField(_("due"), null=True, blank=True)
    first_due = models.DateField(_("due as agreed"), null=True, blank=True, editable=False)
    """The day agreed on in the meeting, where it was moved since."""
    changed_because = models.TextField(_("reason for the last change"), blank=True)
    """Why it was moved or handed over the last time; everybody who sees the task reads it."""
    done_on = models.DateField(_("done on"), null=True, blank=True)
    reminded_on = models.DateField(null=True, blank=True, editable=False)
    """When the owner was told that the day comes near; empty again when the task is moved."""
    warned_on = models.DateField(null=True, blank=True, editable=False)
    """When the owner was told that the day has passed; likewise."""
    is_example = models.BooleanField(_("example"), default=False)

    class Meta:
        verbose_name = _("task")
        verbose_name_plural = _("tasks")
        ordering = ["due", "pk"]
        indexes = [models.Index(fields=["due"], name="open_task_by_day", condition=Q(done_on=None))]

    def __str__(self) -> str:
        return self.what

    @property
    def has_owner(self) -> bool:
        """Whether somebody of the register is known to take care of it."""
        owners = (self.owner_seat_id, self.owner_organisation_id, self.owner_person_id)
        return any(owner is not None for owner in owners)
