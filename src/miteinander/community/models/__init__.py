"""Who is at the table (offices, organisations, people, bodies, seats), and what the town tells."""

from miteinander.community.models.bodies import Body, Seat
from miteinander.community.models.imports import (
    ColumnMapping,
    SheetImport,
    SheetLine,
    Spelling,
)
from miteinander.community.models.organisations import Office, Organisation, Perspective
from miteinander.community.models.people import Person
from miteinander.community.models.telling import News, Page

__all__ = ["Body", "ColumnMapping", "News", "Office", "Organisation", "Page", "Person", "Perspective", "Seat", "SheetImport", "SheetLine", "Spelling"]
