"""Examples to begin a call with, one for each method: what has to be replaced says so itself."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from django.utils.translation import gettext_lazy as _

from miteinander.participation.states import CallMethod

if TYPE_CHECKING:
    from miteinander.core.errors import Text


class Beginning(NamedTuple):
    """Words for the form of a new call; “[…]” stands where the town's own words belong."""

    title: Text
    question: Text
    text: Text


BEGINNINGS: dict[CallMethod, Beginning] = {
    CallMethod.IDEAS: Beginning(
        _("Ideas for […]"),
        _("What is missing in […] so that everybody feels at home there?"),
        _("Until […] we collect ideas. Afterwards […] decides what is done with them."),
    ),
    CallMethod.CARDS: Beginning(
        _("Cards from […]"),
        _("What helps people to arrive in […], and what is in their way?"),
        _("These cards were written by groups at […] on […]."),
    ),
    CallMethod.STATEMENTS: Beginning(
        _("Statements about […]"),
        _("Do you agree with these sentences about […]?"),
        _("A sentence at a time: agree, disagree or pass. The result shows what unites people."),
    ),
    CallMethod.SURVEY: Beginning(
        _("Survey on […]"),
        _("How do you experience […]?"),
        _("It takes about […] minutes. With the answers […] plans what comes next."),
    ),
    CallMethod.REVIEW: Beginning(
        _("Draft: […]"),
        _("What should be different in the draft of […]?"),
        _("The draft comes from […]. It is decided on […]; until then every word can change."),
    ),
    CallMethod.LIVE: Beginning(
        _("Questions to […]"),
        _("What would you like to ask […]?"),
        _("In the room and on the phone: ask, and support what others want to know."),
    ),
}
