"""The legal pages: what we can say of an installation ourselves, and what only the town knows.

The texts are Markdown, one file per page and language, filled from settings, the office and what
the coordination has entered (docs/decisions/0053). Nothing is made up: what is not known is left
out for readers, and named to the coordination by `missing_for`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from miteinander.community.models import Office
from miteinander.community.states import LegalPage
from miteinander.core.links import address_of
from miteinander.core.models import Municipality
from miteinander.core.outbox import KEPT

if TYPE_CHECKING:
    from miteinander.core.errors import Text

WRITTEN_IN = ("de", "en")
ENTERED = (
    "represented_by", "supervision", "vat_id",
    "privacy_officer", "privacy_authority", "enforcement",
    "tile_server", "tile_credit",
)  # fmt: skip
"""What the coordination enters for these pages, kept under ``facts["legal"]`` of the town."""


@dataclass(frozen=True, slots=True)
class LegalFacts:
    """Everything that the texts may mention; empty is unknown."""

    town: str
    site: str
    office: str = ""
    address: tuple[str, ...] = ()
    email: str = ""
    phone: str = ""
    contact_form: str = ""
    languages: str = ""
    has_easy_language: bool = False
    barrier_url: str = ""
    represented_by: str = ""
    supervision: str = ""
    vat_id: str = ""
    privacy_officer: str = ""
    privacy_authority: str = ""
    enforcement: str = ""
    tile_server: str = ""
    """Where the tiles of maps come from: a host name, or nothing and then there are no maps."""
    tile_credit: str = ""
    silence_days: int = 0
    link_days: int = 0
    mail_days: int = 0
    session_days: int = 0
    code_minutes: int = 0


def legal_facts(municipality: Municipality, office: Office | None, language: str) -> LegalFacts:
    entered: dict[str, Any] = municipality.facts.get("legal", {})
    with override(language):
        barrier = reverse("public:barrier")
    names = [settings.LANGUAGE_NAMES.get(code, code) for code, _name in settings.LANGUAGES]
    return LegalFacts(
        town=municipality.name,
        site=re.sub(r"^https?://", "", address_of(municipality)),
        office=office.organisation.title if office else "",
        address=_address(office),
        email=office.email if office else "",
        phone=office.phone if office else "",
        contact_form=office.contact_form_url if office else "",
        languages=", ".join(names),
        has_easy_language="de-x-leicht" in dict(settings.LANGUAGES),
        barrier_url=barrier,
        silence_days=settings.SILENCE_AFTER_DAYS,
        link_days=settings.SIGNED_LINK_DAYS,
        mail_days=KEPT.days,
        session_days=settings.SESSION_COOKIE_AGE // 86_400,
        code_minutes=settings.ACCOUNT_LOGIN_BY_CODE_TIMEOUT // 60,
        **{name: str(entered.get(name, "")) for name in ENTERED},
    )


@dataclass(frozen=True, slots=True)
class TileServer:
    """The town's own choice of who sees which part of a map somebody looks at."""

    host: str
    credit: str


def tile_server_of(municipality: Municipality) -> TileServer | None:
    """The server that the coordination has named for maps; None, and there are none."""
    entered: dict[str, Any] = municipality.facts.get("legal", {})
    host = str(entered.get("tile_server", ""))
    return TileServer(host, str(entered.get("tile_credit", ""))) if host else None


def default_legal_text(legal: str, facts: LegalFacts, language: str) -> str:
    """Our text for a legal page, as Markdown; in English where we have not written it."""
    written = language if language in WRITTEN_IN else "en"
    text = render_to_string(f"ui/legal/{LegalPage(legal)}.{written}.md", {"f": facts})
    return re.sub(r"\n{3,}", "\n\n", text).strip()


def missing_for(legal: str, facts: LegalFacts) -> list[Text]:
    """What the law or the readers ask for, and nobody has entered yet."""
    return [sentence for field, sentence in _NEEDED[legal] if not getattr(facts, field)]


def _address(office: Office | None) -> tuple[str, ...]:
    if office is None:
        return ()
    return tuple(filter(None, (office.street, f"{office.postcode} {office.place}".strip())))


_ADDRESS: tuple[str, Text] = ("address", _("the address of the office"))
_EMAIL: tuple[str, Text] = ("email", _("the e-mail address of the office"))
_PHONE: tuple[str, Text] = ("phone", _("the phone number of the office"))
_NEEDED: dict[str, list[tuple[str, Text]]] = {
    LegalPage.IMPRINT: [
        _ADDRESS,
        _EMAIL,
        _PHONE,
        ("represented_by", _("who represents the municipality")),
        ("supervision", _("the supervisory authority")),
        ("vat_id", _("the VAT identification number, if there is one")),
    ],
    LegalPage.PRIVACY: [
        _ADDRESS,
        _EMAIL,
        ("privacy_officer", _("how to reach the data protection officer")),
        ("privacy_authority", _("the data protection authority of the state")),
    ],
    LegalPage.ACCESSIBILITY: [
        _EMAIL,
        ("enforcement", _("the enforcement body for accessibility in the state")),
    ],
    LegalPage.BARRIER: [_EMAIL, _PHONE],
    LegalPage.COUNTING: [],
}
