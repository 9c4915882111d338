"""Rendering in a process of its own, for small documents that somebody waits for.

A web process never loads a typesetter: its memory would stay with it for good. So a document
that is made on demand (minutes that are still a draft, a list to sign) goes to a process that
renders it, answers with the bytes and ends. One at a time; whoever comes next waits.

    python -m miteinander.documents.apart < documents > files
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
    from collections.abc import Sequence

    from miteinander.documents.entry import EntryTable
    from miteinander.documents.papers import Paper
    from miteinander.documents.shapes import Document

    Printed = Document | Paper | EntryTable
    """What this process can make: pages, papers with a geometry of their own, tables."""

SECONDS = 60
_ONE_AT_A_TIME = Lock()


class NotRendered(Refusal):
    """The other process failed; what it said is in the log of the server."""

    def __init__(self) -> None:
        super().__init__(
            _("The file could not be made."),
            do=_("Please try again. If it fails again, tell the IT."),
        )


def render_apart(document: Printed, name: str) -> bytes:
    """Render a document elsewhere and wait for it; raises :class:`NotRendered`.

    A web page needs no heavy library and is made right here.
    """
    return render_all_apart([(document, name)])[0]


def render_all_apart(wanted: Sequence[tuple[Printed, str]]) -> list[bytes]:
    """Several at once, in one process: starting it costs more than a small paper."""
    if all(FORMATS[name].name == "html" for _document, name in wanted):
        return [made(document, name) for document, name in wanted]
    command = [sys.executable, "-m", "miteinander.documents.apart"]
    with _ONE_AT_A_TIME:
        try:
            done = subprocess.run(  # noqa: S603 -- our own module
                command, input=pickle.dumps(list(wanted)), stdout=subprocess.PIPE,
                timeout=SECONDS, check=True,
            )  # fmt: skip
        except (subprocess.CalledProcessError, subprocess.TimeoutExpired) as problem:
            raise NotRendered from problem
    # Written by our own process a moment ago, over a pipe that nobody else holds.
    files: list[bytes] = pickle.loads(done.stdout)  # noqa: S301 -- as said above
    return files


def made(document: Printed, name: str) -> bytes:
    """Render right here: a document in any format, a paper as what it is made for."""
    from miteinander.documents.shapes import Document as Shape  # deferred: beside the next one

    if isinstance(document, Shape):
        return render(document, name).content
    # deferred: typesetter and word processor are loaded where they are used
    from miteinander.documents.entry import EntryTable, entry_file
    from miteinander.documents.letters_docx import letters_file
    from miteinander.documents.papers import Letters
    from miteinander.documents.papers_pdf import typeset

    if isinstance(document, EntryTable):
        return entry_file(document)
    if name == "docx":
        assert isinstance(document, Letters), "only letters are changed in an office"
        return letters_file(document)
    return typeset(document)


def main() -> None:
    import django  # deferred: only here, in the process of its own

    django.setup()
    from django.utils.translation import override  # deferred: as above

    # Pickled by ourselves a moment ago, over a pipe that nobody else holds.
    wanted: list[tuple[Printed, str]] = pickle.load(sys.stdin.buffer)  # noqa: S301 -- as said above
    files = []
    for document, name in wanted:
        with override(document.language):
            files.append(made(document, name))
    sys.stdout.buffer.write(pickle.dumps(files))


if __name__ == "__main__":
    main()
