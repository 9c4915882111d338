"""Rendering in a process of its own, for small documents that somebody waits for.

A web process never loads a typesetter: its memory would stay with it for good. So a document
that is made on demand (minutes that are still a draft, a list to sign) goes to a process that
renders it, answers with the bytes and ends. One at a time; whoever comes next waits.

    python -m miteinander.documents.apart pdf < document > file
"""

from __future__ import annotations

import pickle
import subprocess
import sys
from threading import Lock
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from miteinander.core.errors import Refusal
from miteinander.documents.formats import FORMATS, render

if TYPE_CHECKING:
    from miteinander.documents.shapes import Document

SECONDS = 60
_ONE_AT_A_TIME = Lock()


class NotRendered(Refusal):
    """The other process failed; what it said is in the log of the server."""

    def __init__(self) -> None:
        super().__init__(
            _("The file could not be made."),
            do=_("Please try again. If it fails again, tell the IT."),
        )


def render_apart(document: Document, name: str) -> bytes:
    """Render a document elsewhere and wait for it; raises :class:`NotRendered`.

    A web page needs no heavy library and is made right here.
    """
    if FORMATS[name].name == "html":
        return render(document, name).content
    command = [sys.executable, "-m", "miteinander.documents.apart", name]
    with _ONE_AT_A_TIME:
        try:
            done = subprocess.run(  # noqa: S603 -- our own module; the name is one of FORMATS
                command, input=pickle.dumps(document), stdout=subprocess.PIPE, timeout=SECONDS,
                check=True,
            )  # fmt: skip
        except (subprocess.CalledProcessError, subprocess.TimeoutExpired) as problem:
            raise NotRendered from problem
    return done.stdout


def main() -> None:
    import django  # deferred: only here, in the process of its own

    django.setup()
    # Pickled by ourselves a moment ago, over a pipe that nobody else holds.
    document: Document = pickle.load(sys.stdin.buffer)  # noqa: S301 -- as said above
    from django.utils.translation import override  # deferred: as above

    with override(document.language):
        sys.stdout.buffer.write(render(document, sys.argv[1]).content)


if __name__ == "__main__":
    main()
