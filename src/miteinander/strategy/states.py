"""Stations of a concept and its measures, and the roads between them."""

from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class ConceptState(TextChoices):
    DRAFTING = "drafting", _("being drafted")
    ADOPTED = "adopted", _("adopted")


class FieldState(TextChoices):
    CANDIDATE = "candidate", _("candidate")
    KEPT = "kept", _("field of action")
    RETIRED = "retired", _("retired")


class MeasureState(TextChoices):
    DRAFT = "draft", _("draft")
    SUBMITTED = "submitted", _("handed in")
    ADOPTED = "adopted", _("adopted")
    RETIRED = "retired", _("retired")


ROADS: dict[str, frozenset[str]] = {
    "draft": frozenset({"submitted", "retired"}),
    "submitted": frozenset({"draft", "adopted", "retired"}),
    "adopted": frozenset({"retired"}),
    "retired": frozenset(),
}


class HandOverState(TextChoices):
    """What became of texts that a working group handed in together."""

    HANDED_IN = "handed_in", _("handed in")
    BEGUN = "begun", _("being looked at")
    TAKEN_ON = "taken_on", _("taken on")
    GIVEN_BACK = "given_back", _("given back to be revised")
    TAKEN_BACK = "taken_back", _("taken back by the group")


HAND_OVER_ROADS: dict[str, tuple[HandOverState, ...]] = {
    "handed_in": (
        HandOverState.BEGUN,
        HandOverState.TAKEN_ON,
        HandOverState.GIVEN_BACK,
        HandOverState.TAKEN_BACK,
    ),
    "begun": (HandOverState.TAKEN_ON, HandOverState.GIVEN_BACK),
    "taken_on": (HandOverState.GIVEN_BACK,),
    "given_back": (),
    "taken_back": (),
}
HAND_OVER_RIGHTS: dict[str, str] = {
    "begun": "strategy.review_hand_over",
    "taken_on": "strategy.review_hand_over",
    "given_back": "strategy.review_hand_over",
    "taken_back": "strategy.take_back_hand_over",
}
"""Whose step each of them is."""
OPENS_AGAIN = frozenset({HandOverState.GIVEN_BACK, HandOverState.TAKEN_BACK})
"""After these the group writes on; both need a reason."""
WAITS_FOR_REVIEW = (HandOverState.HANDED_IN, HandOverState.BEGUN)


class LeadState(TextChoices):
    NONE = "none", _("nobody asked yet")
    ASKED = "asked", _("asked, not yet accepted")
    WISHED = "wished", _("asks for a change before accepting")
    ACCEPTED = "accepted", _("accepted")
    DECLINED = "declined", _("declined")


class OverlapState(TextChoices):
    OPEN = "open", _("to be looked at")
    DISMISSED = "dismissed", _("no overlap")
    LINKED = "linked", _("one waits for the other")
    MERGED = "merged", _("merged")


class Effect(TextChoices):
    """The kind of effect that a goal aims at, from the nearest to the farthest."""

    DELIVERED = "delivered", _("something is offered")
    REACHED = "reached", _("people are reached")
    LEARNED = "learned", _("people know or can more")
    ACTED = "acted", _("people act differently")
    SITUATION_CHANGED = "situation_changed", _("the situation has changed")


class Funding(TextChoices):
    SECURED = "secured", _("secured")
    APPLIED_FOR = "applied_for", _("applied for")
    OPEN = "open", _("open")
    SUBJECT_TO_BUDGET = "subject_to_budget", _("subject to budget")


class Horizon(TextChoices):
    """How soon something is to be done, where no dates are known yet."""

    SHORT = "short", _("short term, within a year")
    MEDIUM = "medium", _("medium term, one to three years")
    LONG = "long", _("long term, more than three years")


class Novelty(TextChoices):
    NEW = "new", _("new")
    EXTENDED = "extended", _("exists and is extended")
    EXISTING = "existing", _("exists and goes on")


class Service(TextChoices):
    """Whether what everybody uses opens itself, or something of its own leads there."""

    MAINSTREAM = "mainstream", _("mainstream service")
    BRIDGING = "bridging", _("bridging offer")


class OwnFieldKind(TextChoices):
    TEXT = "text", _("text")
    CHOICE = "choice", _("one of several")
    MARK = "mark", _("yes or no")


class ProposalState(TextChoices):
    OPEN = "open", _("not answered yet")
    ACCEPTED = "accepted", _("taken as proposed")
    ADAPTED = "adapted", _("taken in other words")
    DECLINED = "declined", _("not taken")
    SETTLED = "settled", _("settled in another way")


class ChapterKind(TextChoices):
    """What a chapter of the document is for, in the order in which a new concept has them."""

    PREFACE = "preface", _("Preface")
    PURPOSE = "purpose", _("What an integration concept is for")
    GLANCE = "glance", _("At a glance")
    FIGURES = "figures", _("Data, figures, facts")
    STRUCTURES = "structures", _("Structures and networks")
    UNDERSTANDING = "understanding", _("What we mean by integration")
    TERMS = "terms", _("Terms")
    MAKING = "making", _("How this concept was made")
    OVERVIEW = "overview", _("Fields of action and cross-cutting themes")
    FIELDS = "fields", _("The fields of action in detail")
    IMPLEMENTATION = "implementation", _("Implementation")
    LITERATURE = "literature", _("Literature")
    IMPRINT = "imprint", _("Imprint")
    APPENDIX = "appendix", _("Appendix")
    OWN = "own", _("own chapter")


OUTLINE = tuple(kind for kind in ChapterKind if kind != ChapterKind.OWN)
"""What a new concept begins with."""

GENERATED = frozenset(
    {
        ChapterKind.GLANCE,
        ChapterKind.FIGURES,
        ChapterKind.STRUCTURES,
        ChapterKind.MAKING,
        ChapterKind.OVERVIEW,
        ChapterKind.FIELDS,
        ChapterKind.IMPLEMENTATION,
        ChapterKind.IMPRINT,
        ChapterKind.APPENDIX,
    }
)
"""Chapters that write themselves from the records; a text of one's own may stand before that."""


class LineKind(TextChoices):
    """What an entry of an imported document is."""

    FIELD = "field", _("field of action")
    GOAL = "goal", _("goal")
    MEASURE = "measure", _("measure")


class LineOutcome(TextChoices):
    """What an entry of an imported document is, against the concept as it stands."""

    NEW = "new", _("new")
    SAME = "same", _("already there")
    CHANGED = "changed", _("changed in the file")
    BOTH = "both", _("changed in the file and here")
    SIMILAR = "similar", _("perhaps already there")
    FIXED = "fixed", _("stays as it is")


IMPORTED = (
    "field", "guiding_goal", "scope", "goal", "measure", "number", "summary", "text", "first_steps",
    "target_groups", "lead", "partners", "period", "starts", "ends", "horizon", "cost", "cost_once",
    "cost_yearly", "funding", "staff_need", "novelty", "neighbourhoods", "risks", "indicator",
    "priority", "themes", "need", "evidence", "note", "ignore",
)  # fmt: skip
"""What a label, a column or a sort of heading in a document can mean."""
