"""Kinds of event: each declares its wording, its publicity, its link and its eraser."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

_KINDS: dict[str, EventKind] = {}

Eraser = Callable[[Mapping[str, Any]], dict[str, Any]]


def erase_all(_personal: Mapping[str, Any]) -> dict[str, Any]:
    """Keep nothing of the personal detail: the usual eraser."""
    return {}


@dataclass(frozen=True, slots=True)
class EventKind:
    """One kind of event, such as ``measure.submitted``.

    `wording` is a sentence with ``%(title)s`` and the keys of the event's data. `public` says
    whether everybody may read that it happened (an event about a thing that is not public is
    never shown to the public, whatever this says). `seen` is for what is no news but changes what
    public pages show, such as a corrected word: it is told to nobody, and advances the public
    version as public events do. `eraser` maps the personal detail to what may remain of it after
    erasure.
    """

    name: str
    wording: _StrPromise
    public: bool = False
    seen: bool = False
    eraser: Eraser = erase_all

    def __post_init__(self) -> None:
        if self.name in _KINDS:
            raise ValueError(f"event kind {self.name} is declared twice")
        _KINDS[self.name] = self


def kind(name: str) -> EventKind:
    return _KINDS[name]


def kinds() -> tuple[EventKind, ...]:
    return tuple(_KINDS[name] for name in sorted(_KINDS))
