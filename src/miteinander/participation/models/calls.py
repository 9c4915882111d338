"""Calls: a question, put to somebody, for a time."""

from __future__ import annotations

from datetime import date, datetime

from django.db import models
from django.db.models import F, Q
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from miteinander.community.models import Body
from miteinander.core.models import StageThing
from miteinander.participation.states import Allowed, Audience, CallMethod
from miteinander.process.models import Phase, Process

NOT_PROTECTED = (Allowed.SUPPORT, Allowed.PICTURE, Allowed.PLACE)


class Call(StageThing):
    """A question put to somebody for a time (Beteiligungsaufruf)."""

    KIND = "call"
    TRANSLATABLE = ("title", "question", "text")

    process = models.ForeignKey(Process, models.PROTECT, related_name="calls")
    phase = models.ForeignKey(Phase, models.PROTECT, related_name="calls")
    method = models.CharField(
        _("method"), max_length=12, choices=CallMethod, default=CallMethod.IDEAS
    )
    audience = models.CharField(
        _("audience"), max_length=8, choices=Audience, default=Audience.PUBLIC
    )
    body = models.ForeignKey(
        Body, models.PROTECT, null=True, blank=True, related_name="calls", verbose_name=_("body")
    )
    """To whom it is put, where the audience is one body."""
    access_code = models.CharField(_("code"), max_length=14, blank=True)
    """Handed out on paper, the same for all; kept as it is, because it is printed again."""
    is_protected = models.BooleanField(_("protected mode"), default=False)
    """Only the text is kept, nothing appears unread, and times are blurred to the day."""
    allows = models.JSONField(_("allows"), default=list, blank=True)
    """Values of :class:`Allowed`."""
    question = models.CharField(_("question"), max_length=300)
    text = models.TextField(_("what it is about"), blank=True)
    opens_at = models.DateTimeField(_("opens"))
    closes_at = models.DateTimeField(_("closes"))
    answer_by = models.DateField(_("answers until"))
    ways = models.JSONField(_("other ways to answer"), default=list, blank=True)
    """Beside the form: a list of {"title": "On paper", "text": "Cards in the libraries"}."""

    class Meta:
        verbose_name = _("call")
        verbose_name_plural = _("calls")
        constraints = [
            models.CheckConstraint(
                name="call_closes_after_it_opens",
                condition=Q(closes_at__gt=F("opens_at")),
                violation_error_message=_("A call cannot close before it opens."),
            ),
            models.CheckConstraint(
                name="call_names_its_body",
                condition=Q(audience=Audience.BODY, body__isnull=False)
                | (~Q(audience=Audience.BODY) & Q(body=None)),
            ),
            models.CheckConstraint(
                name="call_has_a_code_for_those_with_the_code",
                condition=(Q(audience=Audience.CODE) & ~Q(access_code=""))
                | (~Q(audience=Audience.CODE) & Q(access_code="")),
            ),
        ]

    def allowed(self, what: Allowed) -> bool:
        """In protected mode nothing but words: no picture, no place, no cookie for a support."""
        return what in self.allows and not (self.is_protected and what in NOT_PROTECTED)

    def is_open(self, at: datetime, day: date) -> bool:
        """Within its time, and its phase permits contributions; reads `phase` (select it)."""
        return (
            self.opens_at <= at < self.closes_at
            and self.phase.runs(day)
            and "contribute" in self.phase.permits
        )

    def is_ahead(self, at: datetime) -> bool:
        """Still to open: never, once its phase was closed before; reads `phase`."""
        return at < self.opens_at and not self.phase.is_closed()

    @property
    def ended_on(self) -> date:
        """Since when it is over: its own end, or that of its phase before it; reads `phase`."""
        own, closed = localdate(self.closes_at), self.phase.closed_on
        return min(own, closed) if closed else own
