"""Surveys: questions in an order, and answers that belong to nobody we know.

A question keeps its options, lines and the words at the ends of its scale as text, one to a line,
because that is what the store of translations holds: one text for one field of one thing. An
answer names an option by its place in that text. So places must not change once somebody has
answered, and they do not: from then on only wordings are corrected (decision 124).
"""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from miteinander.core.models import StageThing
from miteinander.participation.models.calls import Call
from miteinander.participation.models.contributions import Contribution
from miteinander.participation.models.participants import Participant
from miteinander.participation.states import QuestionKind, ResponseState, ResultsShown


class Survey(models.Model):
    """What a call holds because it is a survey (Umfrage): when its results are shown."""

    call = models.OneToOneField(Call, models.CASCADE, primary_key=True, related_name="survey")
    results = models.CharField(
        _("results are shown"), max_length=8, choices=ResultsShown, default=ResultsShown.CLOSED
    )

    class Meta:
        verbose_name = _("survey")
        verbose_name_plural = _("surveys")

    def __str__(self) -> str:
        return str(self.call_id)


class SurveyQuestion(StageThing):
    """One question of a survey (Frage): its wording is the `title` of the thing.

    Whoever sees its call sees it, so it is never public by itself; what is translated stands in
    the one store of translations.
    """

    KIND = "survey_question"
    TRANSLATABLE: ClassVar[tuple[str, ...]] = ("title", "help", "options", "rows", "low", "high")

    call = models.ForeignKey(Call, models.PROTECT, related_name="questions")
    position = models.PositiveSmallIntegerField(default=0)
    question_kind = models.CharField(_("kind"), max_length=8, choices=QuestionKind)
    help = models.TextField(_("explanation"), blank=True)
    options = models.TextField(_("possible answers"), blank=True)
    """One to a line; the first is option 1. Of a matrix: its columns."""
    rows = models.TextField(_("lines of the matrix"), blank=True)
    steps = models.PositiveSmallIntegerField(_("steps of the scale"), default=5)
    low = models.CharField(_("word at the low end"), max_length=80, blank=True)
    high = models.CharField(_("word at the high end"), max_length=80, blank=True)
    longest = models.PositiveSmallIntegerField(_("longest answer"), default=1000)
    is_required = models.BooleanField(_("must be answered"), default=False)
    is_contribution = models.BooleanField(_("answers count as contributions"), default=False)
    is_personal = models.BooleanField(_("asks about the people themselves"), default=False)
    """Age, origin, language: then numbers below five are withheld."""
    shown_if = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="leads_to"
    )
    shown_values = models.JSONField(default=list, blank=True)
    """With which answers to `shown_if` it is asked: option numbers, or steps of the scale."""

    class Meta:
        verbose_name = _("question of a survey")
        verbose_name_plural = _("questions of surveys")
        constraints = [
            models.CheckConstraint(
                name="only_words_become_contributions",
                condition=Q(is_contribution=False) | Q(question_kind=QuestionKind.TEXT),
            ),
        ]


class SurveyResponse(models.Model):
    """What one participant answers in a survey (Antwortbogen): begun, or sent.

    Typed but not sent yet is `draft`, as it stands in the form; once sent it is emptied and the
    answers are rows. No moment is kept, only the day.
    """

    participant = models.OneToOneField(Participant, models.CASCADE, related_name="response")
    call = models.ForeignKey(Call, models.CASCADE, related_name="responses")
    state = models.CharField(max_length=8, choices=ResponseState, default=ResponseState.DRAFT)
    draft = models.JSONField(default=dict, blank=True)
    turn = models.PositiveIntegerField(default=0)
    """How often it was sent."""
    answered_on = models.DateField(null=True, blank=True)

    class Meta:
        verbose_name = _("response to a survey")
        verbose_name_plural = _("responses to surveys")
        indexes = [models.Index(fields=["call", "state"])]

    def __str__(self) -> str:
        return str(self.pk)


class SurveyAnswer(models.Model):
    """One cross, one place in an order, or one text of a response (Antwort)."""

    response = models.ForeignKey(SurveyResponse, models.CASCADE, related_name="answers")
    question = models.ForeignKey(SurveyQuestion, models.PROTECT, related_name="answers")
    row = models.PositiveSmallIntegerField(default=0)
    """The line of a matrix, from 1; else 0."""
    option = models.PositiveSmallIntegerField(default=0)
    """The option from 1, or the step of a scale; 0 is “no answer”, and every text."""
    rank = models.PositiveSmallIntegerField(default=0)
    """The place in an order, from 1; else 0."""
    text = models.TextField(blank=True)
    contribution = models.OneToOneField(
        Contribution, models.SET_NULL, null=True, blank=True, related_name="survey_answer"
    )
    """What the text became, if it counts as a contribution."""
    turn = models.PositiveIntegerField(default=1)
    """At which sending the text became a contribution: a part of its receipt."""

    class Meta:
        verbose_name = _("answer in a survey")
        verbose_name_plural = _("answers in surveys")
        constraints = [
            models.UniqueConstraint(
                fields=["response", "question", "row", "option"], name="one_answer_per_cell"
            )
        ]
        indexes = [models.Index(fields=["question", "row", "option"])]

    def __str__(self) -> str:
        return str(self.pk)
