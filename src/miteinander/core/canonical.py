"""Canonical JSON (RFC 8785) and the checksum over it: one text for one content, everywhere.

Pure: needs neither Django nor a database, so that anybody can verify a file.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from typing import Any

import rfc8785

CHECKSUM = "checksum"


def canonical(content: Mapping[str, Any]) -> bytes:
    """Return the one RFC 8785 text of a content."""
    return rfc8785.dumps(dict(content))


def checksum_of(content: Mapping[str, Any]) -> str:
    """SHA-256 over everything but the checksum itself."""
    rest = {key: value for key, value in content.items() if key != CHECKSUM}
    return hashlib.sha256(canonical(rest)).hexdigest()
