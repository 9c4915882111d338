"""Stations of the community: kinds of bodies and organisations, consent, news, pages, weekdays."""

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


class ConsentWay(TextChoices):
    """How somebody agreed to be kept in the register and written to."""

    FORM = "form", _("signed form")
    MAIL = "mail", _("by e-mail")
    SPOKEN = "spoken", _("spoken, noted by the coordination")
    ONLINE = "online", _("here, signed in")


class CharacteristicKind(TextChoices):
    """What a municipality may ask people to say of themselves, if they want to."""

    GENDER = "gender", _("gender")
    AGE_GROUP = "age_group", _("age group")
    NEIGHBOURHOOD = "neighbourhood", _("neighbourhood")


class CoverageKind(TextChoices):
    """What the radar holds against a target: what is open, and what people said of themselves."""

    PERSPECTIVE = "perspective", _("perspective")
    LANGUAGE = "language", _("language")
    NEIGHBOURHOOD = "neighbourhood", _("neighbourhood")
    GENDER = "gender", _("gender")
    AGE_GROUP = "age_group", _("age group")


PERSONAL = (
    CoverageKind.LANGUAGE,
    CoverageKind.NEIGHBOURHOOD,
    CoverageKind.GENDER,
    CoverageKind.AGE_GROUP,
)
"""Kinds that are facts of people: shown only as figures that were released (decision 86)."""


class TargetUnit(TextChoices):
    PERCENT = "percent", _("in percent")
    PEOPLE = "people", _("as numbers of people or seats")


class NewsState(TextChoices):
    """Draft → scheduled → published → retired; from each of them back to the draft."""

    DRAFT = "draft", _("draft")
    SCHEDULED = "scheduled", _("appears later")
    PUBLISHED = "published", _("published")
    RETIRED = "retired", _("no longer current")


class PagePlace(TextChoices):
    """Where a page is linked on every other page."""

    NOWHERE = "", _("nowhere, only by its address")
    MORE = "more", _("at the foot of every page, under “More from us”")
    FOOTER = "footer", _("at the very end of every page, beside the imprint")


class LegalPage(TextChoices):
    """Pages that every town has; without a text of its own they show ours."""

    IMPRINT = "imprint", _("Imprint")
    PRIVACY = "privacy", _("Data protection")
    ACCESSIBILITY = "accessibility", _("Accessibility statement")
    BARRIER = "barrier", _("Report a barrier")
    COUNTING = "counting", _("How we count")


class LocalHoliday(TextChoices):
    """Holidays of some municipalities only; which ones apply is a matter of fact, not of taste."""

    ASSUMPTION = "assumption", _("Assumption of Mary, 15 August (Bavaria, mostly Catholic towns)")
    AUGSBURG = "augsburg", _("High Peace Festival, 8 August (Augsburg)")


class Weekday(TextChoices):
    """Keys of opening hours, in the order of the week: Monday is day 0."""

    MON = "mon", _("Monday")
    TUE = "tue", _("Tuesday")
    WED = "wed", _("Wednesday")
    THU = "thu", _("Thursday")
    FRI = "fri", _("Friday")
    SAT = "sat", _("Saturday")
    SUN = "sun", _("Sunday")


class ImportState(TextChoices):
    """Reading → open → writing → done; or refused, when the file is no list."""

    READING = "reading", _("being read")
    OPEN = "open", _("waits for your word")
    WRITING = "writing", _("being taken over")
    DONE = "done", _("taken over")
    REFUSED = "refused", _("cannot be read")


class LineSubject(TextChoices):
    ORGANISATION = "organisation", _("organisation")
    BODY = "body", _("body")
    PERSON = "person", _("person")
    ROW = "row", _("row")


class LineOutcome(TextChoices):
    """What a line of a list is, against the register as it stands."""

    NEW = "new", _("new")
    SAME = "same", _("already there")
    CHANGED = "changed", _("changed")
    SIMILAR = "similar", _("perhaps already there")
    REFUSED = "refused", _("not taken")


class ListField(TextChoices):
    """What a column of a list can hold."""

    NAME = "name", _("Name of the person")
    FIRST_NAME = "first_name", _("First name")
    LAST_NAME = "last_name", _("Last name")
    TITLE = "title", _("Form of address or title")
    FUNCTION = "function", _("Function")
    EMAIL = "email", _("E-mail address")
    LANGUAGE = "language", _("Languages")
    CONSENT = "consent", _("Consent given on")
    ORGANISATION = "organisation", _("Organisation")
    ORGANISATION_KIND = "organisation_kind", _("Kind of organisation")
    ORGANISATION_EMAIL = "organisation_email", _("E-mail address of the organisation")
    ORGANISATION_PHONE = "organisation_phone", _("Phone of the organisation")
    ORGANISATION_TEXT = "organisation_text", _("Description of the organisation")
    NEIGHBOURHOOD = "neighbourhood", _("Neighbourhood of the organisation")
    PERSPECTIVES = "perspectives", _("Perspectives of the organisation")
    BODY = "body", _("Body or bodies")
    BODY_KIND = "body_kind", _("Kind of body")
    MARK = "mark", _("A cross for the body in the heading")
    SEAT = "seat", _("Seat in the body")
    SEAT_ORGANISATION = "seat_organisation", _("Organisation that has the seat")
    IGNORE = "", _("is not read")
