"""Panels drawn by lot: who may be drawn, the list everybody can check, what was drawn."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from miteinander.community.models import Body, Person, Seat
from miteinander.core.models import StageThing
from miteinander.process.models.processes import Process
from miteinander.process.states import DrawState, Gone, LotSource, SeedFrom


class Draw(StageThing):
    """People for a body or a meeting are drawn by lot (Auslosung).

    What everybody may see of it knows numbers only; who is behind a number stands in
    :class:`Ticket` and is for those who draw.
    """

    KIND = "draw"
    TRANSLATABLE = ("title", "text", "called_off_because")

    process = models.ForeignKey(Process, models.PROTECT, related_name="draws")
    body = models.ForeignKey(Body, models.PROTECT, related_name="draws", verbose_name=_("body"))
    text = models.TextField(_("what is drawn for"), blank=True)
    state = models.CharField(
        _("state"), max_length=10, choices=DrawState, default=DrawState.PREPARING
    )
    source = models.CharField(_("where the people come from"), max_length=8, choices=LotSource)
    size = models.PositiveIntegerField(_("places"))
    per_household = models.PositiveSmallIntegerField(
        _("at most from one household"), null=True, blank=True
    )
    panel_count = models.PositiveIntegerField(default=1000)
    """How many numbered panels the list has."""
    sheet = models.JSONField(null=True, blank=True, editable=False)
    """An uploaded table until its columns are named: {"name", "columns", "rows"}; then erased."""
    quotas = models.JSONField(default=list, blank=True, editable=False)
    """Rows of [characteristic, value, at least, at most]."""
    told = models.JSONField(default=list, blank=True, editable=False)
    """Characteristics that people told of themselves: nobody reads whose they are."""
    trouble = models.TextField(blank=True, editable=False)
    """Why the list could not be computed, in sentences for people."""
    seed_from = models.CharField(
        _("where the seed comes from"), max_length=8, choices=SeedFrom, blank=True
    )
    seed = models.CharField(max_length=200, blank=True, editable=False)
    """Known to nobody before the draw where it is thrown; kept back until then where not."""
    commitment = models.CharField(max_length=64, blank=True, editable=False)
    """SHA-256 of a seed that was made beforehand: it fixes the seed and does not tell it."""
    drawn_number = models.PositiveIntegerField(null=True, blank=True)
    announced_at = models.DateTimeField(null=True, blank=True)
    drawn_at = models.DateTimeField(null=True, blank=True)
    called_off_at = models.DateTimeField(null=True, blank=True)
    called_off_because = models.TextField(_("why it was called off"), blank=True)
    """For everybody who saw the announcement."""
    names_erased_on = models.DateField(null=True, blank=True)

    class Meta:
        verbose_name = _("draw by lot")
        verbose_name_plural = _("draws by lot")
        constraints = [
            models.CheckConstraint(name="draw_has_places", condition=Q(size__gte=1)),
            models.CheckConstraint(
                name="drawn_means_seed_and_number",
                condition=~Q(state="drawn") | (~Q(seed="") & Q(drawn_number__isnull=False)),
            ),
            models.CheckConstraint(
                name="called_off_means_reason_and_no_seed",
                condition=~Q(state="called_off")
                | (~Q(called_off_because="") & Q(called_off_at__isnull=False) & Q(seed="")),
            ),
        ]


class Ticket(models.Model):
    """Somebody who may be drawn (Los): a number for everybody, and who is behind it.

    The number is given by chance, so that it says nothing about who it is. The name of somebody
    in the register stands there alone; that of somebody from a file stands here until erased.
    """

    draw = models.ForeignKey(Draw, models.CASCADE, related_name="tickets")
    number = models.CharField(_("number"), max_length=8)
    person = models.ForeignKey(
        Person, models.SET_NULL, null=True, blank=True, related_name="tickets"
    )
    name = models.CharField(_("name"), max_length=160, blank=True)
    email = models.EmailField(_("e-mail address"), blank=True)
    values = models.JSONField(default=dict)
    """The value of each characteristic: {"Geschlecht": "weiblich"}."""
    household = models.PositiveIntegerField(null=True, blank=True)
    """A number by chance for those who live together; never an address."""
    chance = models.FloatField(null=True, blank=True)
    """How likely this number is drawn, known before the draw."""
    is_drawn = models.BooleanField(default=False)
    """Sits on the panel now, drawn or moved up."""
    seat = models.ForeignKey(Seat, models.SET_NULL, null=True, blank=True, related_name="tickets")
    """Which seat of the body it became."""

    class Meta:
        verbose_name = _("ticket")
        verbose_name_plural = _("tickets")
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["draw", "number"], name="one_ticket_per_number")
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def who(self) -> str:
        """Whose number it is, for those who draw; empty once forgotten."""
        return self.name or (self.person.name or self.person.function if self.person else "")


class NumberedPanels(models.Model):
    """The list of possible panels of a draw (Liste der Besetzungen), and how fair it is.

    It depends on the people and the quotas alone, not on the seed: so it can be published, and
    its checksum with it, before the seed is thrown. Made anew only while nothing is announced.
    """

    draw = models.OneToOneField(Draw, models.CASCADE, related_name="panels")
    numbers = models.JSONField()
    """A list of panels, each a list of the numbers of its people."""
    digest = models.CharField(max_length=64)
    smallest = models.FloatField()
    largest = models.FloatField()
    upper_bound = models.FloatField()
    """What no lottery's smallest chance can exceed."""
    shortfall = models.FloatField()
    deviation = models.FloatField()
    never = models.PositiveIntegerField(default=0)
    """People whom the quotas leave no chance at all."""
    rare = models.PositiveIntegerField(default=0)
    """People whose combination of characteristics fewer than five share."""
    said = models.JSONField(default=dict)
    """What it means for people, in sentences: {"de": […], "en": […]}."""
    made_at = models.DateTimeField()

    class Meta:
        verbose_name = _("list of panels")
        verbose_name_plural = _("lists of panels")

    def __str__(self) -> str:
        return self.digest[:12]


class Replacement(models.Model):
    """Somebody drawn cannot come, and who moves up (Nachrücken), in the order it happened."""

    draw = models.ForeignKey(Draw, models.CASCADE, related_name="replacements")
    gone = models.ForeignKey(Ticket, models.CASCADE, related_name="left")
    new = models.ForeignKey(Ticket, models.CASCADE, null=True, blank=True, related_name="moved_up")
    """Nobody, where nobody is left."""
    same_type = models.BooleanField()
    missed = models.JSONField(default=list)
    """Quotas that do not hold afterwards: [characteristic, value, at least, at most, has]."""
    reason = models.CharField(_("reason"), max_length=12, choices=Gone)
    at = models.DateTimeField()

    class Meta:
        verbose_name = _("replacement")
        verbose_name_plural = _("replacements")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["gone"], name="a_number_leaves_once"),
            models.UniqueConstraint(fields=["new"], name="a_number_moves_up_once"),
        ]

    def __str__(self) -> str:
        return f"{self.gone_id} → {self.new_id}"
