"""What everything stands on, one module per foundation."""

from miteinander.core.models.attachments import Attachment, Rendition
from miteinander.core.models.documents import BuiltDocument
from miteinander.core.models.events import Event, EventDetail
from miteinander.core.models.lineage import Link, Relation, Tally
from miteinander.core.models.mailtexts import MailText
from miteinander.core.models.municipality import Municipality
from miteinander.core.models.outbox import Mail, MailState
from miteinander.core.models.people import Membership, User
from miteinander.core.models.search import SearchEntry, SearchWord
from miteinander.core.models.things import StageThing, Thing
from miteinander.core.models.tickets import Rush, SpentForm, SpentLink
from miteinander.core.models.translations import Translation, TranslationState
from miteinander.core.models.work import Job, JobState

__all__ = [
    "Attachment",
    "BuiltDocument",
    "Event",
    "EventDetail",
    "Job",
    "JobState",
    "Link",
    "Mail",
    "MailState",
    "MailText",
    "Membership",
    "Municipality",
    "Relation",
    "Rendition",
    "Rush",
    "SearchEntry",
    "SearchWord",
    "SpentForm",
    "SpentLink",
    "StageThing",
    "Tally",
    "Thing",
    "Translation",
    "TranslationState",
    "User",
]
