"""Reading versions that come from elsewhere, to see whether they are what was frozen."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _
from rfc8785 import CanonicalizationError

from miteinander.core.canonical import CHECKSUM, canonical, checksum_of
from miteinander.core.errors import Invalid


@dataclass(frozen=True, slots=True)
class Verification:
    """What a file says its checksum is, what it really is, and what it claims to hold."""

    stated: str
    computed: str
    is_canonical: bool
    """Whether the bytes are the one RFC 8785 text of their content."""
    municipality: str
    title: str
    edition: int | None
    frozen_at: str

    @property
    def holds(self) -> bool:
        return bool(self.stated) and self.stated == self.computed


def verify(data: bytes) -> Verification:
    """Check an exported version against its checksum. Pure: no database, no settings.

    A file that is no version at all raises :class:`Invalid`; a changed one `holds` not.
    """
    try:
        content = json.loads(data.decode("utf-8-sig"), object_pairs_hook=_once)
        computed = checksum_of(content)
        is_canonical = canonical(content) == data
    except (ValueError, RecursionError, AttributeError, CanonicalizationError) as problem:
        raise Invalid({"file": _("This is not an exported version (no proper JSON).")}) from problem
    if not isinstance(content.get(CHECKSUM), str):
        raise Invalid({"file": _("This file holds no checksum; it is not an exported version.")})
    version = _part(content, "version")
    edition = version.get("edition")
    return Verification(
        stated=content[CHECKSUM],
        computed=computed,
        is_canonical=is_canonical,
        municipality=str(_part(content, "municipality").get("name", "")),
        title=str(_part(content, "concept").get("title", "")),
        edition=edition if isinstance(edition, int) else None,
        frozen_at=str(version.get("frozen_at", "")),
    )


def _part(content: dict[str, Any], name: str) -> dict[str, Any]:
    part = content.get(name)
    return part if isinstance(part, dict) else {}


def _once(pairs: Sequence[tuple[str, Any]]) -> dict[str, Any]:
    """Refuse a key that stands twice: the second would hide the first from the checksum."""
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("a key stands twice")
    return found
