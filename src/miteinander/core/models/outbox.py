from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from miteinander.core.models.municipality import Municipality


class MailState(models.TextChoices):
    WAITING = "waiting", _("waiting")
    SENDING = "sending", _("being sent")
    SENT = "sent", _("sent")
    FAILED = "failed", _("failed")


class Mail(models.Model):
    """One mail in the outbox (Postausgang): written first, sent by the worker.

    `key` makes it idempotent: the same remembered event never mails the same person twice.
    """

    municipality = models.ForeignKey(Municipality, models.CASCADE, null=True, related_name="mails")
    key = models.CharField(max_length=120, unique=True)
    to = models.EmailField()
    language = models.CharField(max_length=12, default="de")
    subject = models.CharField(max_length=300)
    body = models.TextField()
    calendar = models.TextField(blank=True)
    """A date for the recipient's calendar (iCalendar), sent along as part of the mail."""
    state = models.CharField(max_length=8, choices=MailState, default=MailState.WAITING)
    attempts = models.PositiveSmallIntegerField(default=0)
    not_before = models.DateTimeField()
    queued_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True, blank=True)
    error = models.CharField(max_length=300, blank=True)

    class Meta:
        verbose_name = _("mail")
        verbose_name_plural = _("mails")
        indexes = [
            models.Index(fields=["state", "not_before"]),
            models.Index(fields=["municipality", "-queued_at"]),
        ]

    def __str__(self) -> str:
        return f"{self.subject} ({self.state})"
