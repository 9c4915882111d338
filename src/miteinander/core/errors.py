"""Refusals: everything that Miteinander says no to, as one tree.

Each refusal says **what** is wrong, **where**, and what to **do**, in the reader's language.
Nothing that was typed is lost: views show the same form again with the refusal above it.

    Refusal
    ├── NotAllowed        403  one may see it, but not do this
    ├── NotThere          404  it does not exist, or one may not see it
    ├── NotReady          422  open points, all at once
    ├── Invalid           422  what was typed does not fit
    ├── Closed            422  the phase or the call does not permit it (any more)
    ├── Conflict          409  somebody else changed it meanwhile; carries both texts
    ├── LinkRefused       4xx  a signed link
    │   ├── LinkForged    404
    │   ├── LinkExpired   410
    │   └── LinkSpent     410
    └── InstallationRefused    command line and start
        ├── SettingWrong
        ├── FolderUnusable
        ├── AlreadyRunning
        ├── DatabaseTooNew
        └── DatabaseTooOld
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.functional import lazy
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from django.utils.functional import _StrPromise

    Text = str | _StrPromise


def _fill(text: Text, **words: object) -> str:
    return str(text) % words


filled = lazy(_fill, str)
"""Fill a sentence when it is read: in the reader's language, and never before the settings."""


class Refusal(Exception):
    """Base of all refusals; `what`, `where` and `do` are sentences for people."""

    status = 422

    def __init__(self, what: Text, *, where: Text = "", do: Text = "") -> None:
        super().__init__(what)
        self.what, self.where, self.do = what, where, do

    def __str__(self) -> str:
        return " ".join(str(part) for part in (self.what, self.where, self.do) if part)

    def as_json(self) -> dict[str, dict[str, str]]:
        return {"error": {"what": str(self.what), "where": str(self.where), "do": str(self.do)}}


class NotAllowed(Refusal):
    status = 403

    def __init__(self, what: Text = "", *, where: Text = "", do: Text = "") -> None:
        super().__init__(
            what or _("You may not do this here."),
            where=where,
            do=do or _("If you need to, ask the coordination of the process."),
        )


class NotThere(Refusal):
    status = 404

    def __init__(self) -> None:
        super().__init__(_("This page does not exist, or it is not open to you."))


class NotReady(Refusal):
    """Open points stand in the way; `points` names all of them, never just the first."""

    def __init__(self, points: Sequence[Text]) -> None:
        super().__init__(
            _("This is not complete yet."), do=_("Please settle the points in the list.")
        )
        self.points = list(points)

    def __str__(self) -> str:
        return " ".join([super().__str__(), *(str(point) for point in self.points)])


class Invalid(Refusal):
    """What was typed does not fit; `fields` maps field names to sentences."""

    def __init__(self, fields: Mapping[str, Text]) -> None:
        super().__init__(
            _("Some entries do not fit."), do=_("Please correct the entries that are marked.")
        )
        self.fields = dict(fields)

    def __str__(self) -> str:
        return " ".join([super().__str__(), *(f"{k}: {v}" for k, v in self.fields.items())])


class Closed(Refusal):
    """The phase, call or state does not permit this now."""


class Conflict(Refusal):
    """Two people edited the same thing; both texts are kept and shown.

    `mine` is what was typed, `theirs` what is stored now, `revision` the stored revision; `base`
    is what both began with, as words, where the history of the texts is kept.
    """

    status = 409

    def __init__(
        self,
        *,
        mine: Mapping[str, object],
        theirs: Mapping[str, object],
        revision: int,
        base: Mapping[str, str] | None = None,
        seen: int = 0,
    ) -> None:
        super().__init__(
            _("Somebody else has saved this in the meantime."),
            do=_("Both texts are shown below. Nothing is lost: take over what you need and save."),
        )
        self.mine, self.theirs, self.revision = dict(mine), dict(theirs), revision
        self.base, self.seen = base, seen


class LinkRefused(Refusal):
    status = 404


class LinkForged(LinkRefused):
    def __init__(self) -> None:
        super().__init__(
            _("This link is not valid."),
            do=_("Please copy the whole link from the mail, or ask for a new one."),
        )


class LinkExpired(LinkRefused):
    status = 410

    def __init__(self) -> None:
        super().__init__(
            _("This link has expired."), do=_("Please ask the coordination for a new one.")
        )


class LinkSpent(LinkRefused):
    status = 410

    def __init__(self) -> None:
        super().__init__(
            _("This link has been used already."),
            do=_("What was sent with it has been kept. Please ask for a new link to change it."),
        )


class InstallationRefused(Refusal):
    """Refused before anything is served."""


class SettingWrong(InstallationRefused):
    def __init__(self, name: str, value: str, expected: str) -> None:
        super().__init__(
            f"The setting {name} has the value “{value}”.",
            where=f"environment variable {name}",
            do=f"Set it to {expected}, or leave it out.",
        )


class FolderUnusable(InstallationRefused):
    def __init__(self, folder: Path, problem: OSError) -> None:
        super().__init__(
            filled(_("The data folder cannot be written (%(why)s)."), why=problem.strerror),
            where=str(folder),
            do=_("Give the server's user the right to write there, or set MITEINANDER_DATA."),
        )


class AlreadyRunning(InstallationRefused):
    def __init__(self, folder: Path, process: str) -> None:
        super().__init__(
            filled(
                _("A server is already running on this data folder (process %(process)s)."),
                process=process or "?",
            ),
            where=str(folder),
            do=_("Stop it first, or give this one another folder with MITEINANDER_DATA."),
        )


class DatabaseTooNew(InstallationRefused):
    def __init__(self, unknown: Sequence[str]) -> None:
        super().__init__(
            _("The database was written by a newer version of Miteinander."),
            where=", ".join(unknown[:5]),
            do=_("Install that version or a newer one; the data are untouched."),
        )


class DatabaseTooOld(InstallationRefused):
    def __init__(self, steps: Sequence[str]) -> None:
        super().__init__(
            _("The database is too old for this version of Miteinander."),
            where=", ".join(steps[:5]),
            do=_(
                "Run `miteinander migrate` with the version before this one first; the data are"
                " untouched."
            ),
        )
