"""What belongs to a contribution of somebody without an account, and to few of them."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from miteinander.participation.models.contributions import Contribution


class LateContribution(models.Model):
    """That a contribution was sent when its call had closed (Nachzügler).

    Somebody wrote while it closed: it is for the office only, counted and answered like all.
    """

    contribution = models.OneToOneField(Contribution, models.CASCADE, related_name="late")

    class Meta:
        verbose_name = _("late contribution")
        verbose_name_plural = _("late contributions")

    def __str__(self) -> str:
        return str(self.contribution)


class Addition(models.Model):
    """That a contribution adds to an earlier one of the same author (Ergänzung).

    It is read, sorted and answered by itself. It has no receipt of its own: who holds that of
    the first finds it there.
    """

    contribution = models.OneToOneField(Contribution, models.CASCADE, related_name="addition")
    adds_to = models.ForeignKey(Contribution, models.CASCADE, related_name="additions")

    class Meta:
        verbose_name = _("addition")
        verbose_name_plural = _("additions")

    def __str__(self) -> str:
        return str(self.contribution)


class AnswerNotice(models.Model):
    """Where somebody wants to hear that there is an answer (Benachrichtigung).

    Only a confirmed address is kept, until it has been told of the answer and no longer than
    `until`; then the row is deleted. Nobody is shown it, and no export holds it.
    """

    contribution = models.OneToOneField(Contribution, models.CASCADE, related_name="notice")
    address = models.EmailField()
    language = models.CharField(max_length=12)
    told = models.CharField(max_length=10)
    """In which state the contribution was when its author last heard of it."""
    until = models.DateField()

    class Meta:
        verbose_name = _("notice of an answer")
        verbose_name_plural = _("notices of answers")

    def __str__(self) -> str:
        return str(self.pk)
