"""Questions from a room while people sit in it: how they are taken, and where each stands."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from miteinander.participation.models.calls import Call
from miteinander.participation.models.contributions import Contribution
from miteinander.participation.states import QuestionState
from miteinander.process.models import Meeting


class QuestionTime(models.Model):
    """How a call takes questions from a room (Fragerunde). Without one: each is read first."""

    call = models.OneToOneField(Call, models.CASCADE, related_name="question_time")
    meeting = models.ForeignKey(
        Meeting, models.PROTECT, null=True, blank=True, related_name="question_times"
    )
    """Whoever leads the body that meets holds the round, too."""
    at_once = models.BooleanField(_("questions appear at once"), default=False)

    class Meta:
        verbose_name = _("question time")
        verbose_name_plural = _("question times")

    def __str__(self) -> str:
        return str(self.call_id)


class RoomQuestion(models.Model):
    """A question that has been taken up in the room; one without such a row waits its turn."""

    contribution = models.OneToOneField(Contribution, models.CASCADE, related_name="room_question")
    call = models.ForeignKey(Call, models.CASCADE, related_name="room_questions")
    state = models.CharField(max_length=8, choices=QuestionState)

    class Meta:
        verbose_name = _("question from the room")
        verbose_name_plural = _("questions from the room")
        constraints = [
            models.UniqueConstraint(
                fields=["call"],
                name="one_question_is_answered_at_a_time",
                condition=Q(state=QuestionState.CURRENT),
            )
        ]

    def __str__(self) -> str:
        return f"{self.contribution_id} {self.state}"
