"""What something says on a paper: in the reader's language as far as it was localised before."""

from __future__ import annotations

from typing import Any

from miteinander.documents.shapes import Run


def run_of(thing: Any, name: str) -> Run:
    """With its language: among words of the page, an original is marked as being in its own."""
    there = getattr(thing, "localised", {}).get(name)
    if there:
        return Run(there.text, language=there.language)
    return Run(str(getattr(thing, name)), language=thing.language)
