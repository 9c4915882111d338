"""Stations of the community: kinds of bodies and organisations, days of the week."""

from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class BodyKind(TextChoices):
    STEERING_GROUP = "steering_group", _("steering group")
    EXPERT_ROUND = "expert_round", _("expert round")
    WORKING_GROUP = "working_group", _("working group")
    EDITORIAL_GROUP = "editorial_group", _("editorial group")
    REVIEW_BOARD = "review_board", _("review board")
    ADVISORY_BOARD = "advisory_board", _("integration advisory board")
    COMMITTEE = "committee", _("committee")
    COUNCIL = "council", _("council")


class OrganisationKind(TextChoices):
    ADMINISTRATION = "administration", _("administration")
    SCHOOL = "school", _("school and education")
    WELFARE = "welfare", _("welfare association")
    ASSOCIATION = "association", _("association")
    MIGRANT_ORGANISATION = "migrant_organisation", _("migrants' organisation")
    FAITH = "faith", _("faith community")
    BUSINESS = "business", _("business and labour market")
    HEALTH = "health", _("health and care")
    CULTURE = "culture", _("culture and sport")
    POLITICS = "politics", _("politics")


class Weekday(TextChoices):
    """Keys of opening hours, in the order of the week: Monday is day 0."""

    MON = "mon", _("Monday")
    TUE = "tue", _("Tuesday")
    WED = "wed", _("Wednesday")
    THU = "thu", _("Thursday")
    FRI = "fri", _("Friday")
    SAT = "sat", _("Saturday")
    SUN = "sun", _("Sunday")
