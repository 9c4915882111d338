"""Who is at the table (offices, organisations, people, bodies, seats), and what the town tells."""

from miteinander.community.models.bodies import Body, Seat
from miteinander.community.models.consent import Consent
from miteinander.community.models.coverage import (
    CountedPerson,
    Figures,
    Target,
    TargetShare,
)
from miteinander.community.models.descriptions import Characteristic, SelfDescription
from miteinander.community.models.imports import (
    ColumnMapping,
    Incoming,
    IncomingLine,
    SheetImport,
    SheetLine,
    Spelling,
)
from miteinander.community.models.offers import Offer
from miteinander.community.models.organisations import Office, Organisation, Perspective
from miteinander.community.models.people import Person
from miteinander.community.models.telling import News, Page
from miteinander.community.models.tenures import Tenure

__all__ = [
    "Body",
    "Characteristic",
    "ColumnMapping",
    "Consent",
    "CountedPerson",
    "Figures",
    "Incoming",
    "IncomingLine",
    "News",
    "Offer",
    "Office",
    "Organisation",
    "Page",
    "Person",
    "Perspective",
    "Seat",
    "SelfDescription",
    "SheetImport",
    "SheetLine",
    "Spelling",
    "Target",
    "TargetShare",
    "Tenure",
]
