"""Write the index of the search anew. The pages stay up; people go on finding what they found.

The index follows every change by itself: this is for a database that was changed in another way,
or brought over from another one.
"""

from __future__ import annotations

from argparse import ArgumentParser, Namespace

from miteinander.cli import setup
from miteinander.cli.output import Output
from miteinander.cli.setup import said

EXAMPLE = "miteinander reindex"


def add_arguments(parser: ArgumentParser) -> None:
    """Nothing to choose."""


def run(options: Namespace, output: Output) -> int:
    setup.database()
    from miteinander.core.search import keep  # deferred: needs the settings

    total = keep.waiting()
    batches = -(-total // keep.AT_ONCE)
    done = list(output.progress(keep.rebuilding(), total=batches, label=said("Suchindex", "Index")))
    found = done[-1] if done else 0
    output.give(
        said(f"{found} Dinge sind auffindbar.", f"{found} things can be found."),
        {"found": found, "public": total},
    )
    return 0
