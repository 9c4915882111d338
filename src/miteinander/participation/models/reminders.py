"""Which promises the coordination was reminded of."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from miteinander.participation.models.calls import Call


class PromiseReminder(models.Model):
    """The coordination was reminded of a promised day (Erinnerung an zugesagte Antworten).

    Once before the day and once after it; a new promise is a new row.
    """

    call = models.ForeignKey(Call, models.CASCADE, related_name="reminders")
    answer_by = models.DateField()
    is_late = models.BooleanField()
    told_on = models.DateField()

    class Meta:
        verbose_name = _("reminder of a promise")
        verbose_name_plural = _("reminders of promises")
        constraints = [
            models.UniqueConstraint(
                fields=["call", "answer_by", "is_late"], name="one_reminder_per_promise_and_stage"
            )
        ]

    def __str__(self) -> str:
        return f"{self.call_id} {self.answer_by}"
