"""Draw a panel by lot: as fair as the quotas allow, published as numbered panels.

The lottery itself depends on the two files alone; the seed only draws a number from it. So the
list and its checksum can be published first and the seed thrown with dice afterwards.
"""

from __future__ import annotations

from argparse import ArgumentParser, ArgumentTypeError, Namespace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from miteinander.cli import setup
from miteinander.cli.output import Output

if TYPE_CHECKING:
    from miteinander.analysis.lot import Drawn, Lot, Replaced

EXAMPLE = (
    "miteinander lot --categories quotas.csv --respondents people.csv --size 40 --seed 3-1-4-1-5"
)


def add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("--categories", metavar="C.csv", help="category, feature, min, max")
    parser.add_argument(
        "--respondents", metavar="R.csv", help="people, one a row; column id if any"
    )
    parser.add_argument("--size", type=int, metavar="K", help="seats of the panel")
    parser.add_argument(
        "--list",
        metavar="L.json",
        help="instead of the three above: the list that a draw published; checks its seed",
    )
    parser.add_argument("--seed", required=True, metavar="S", help="any text; draws the number")
    parser.add_argument("--panels", type=_panels, default=1000, metavar="N")
    parser.add_argument(
        "--address", metavar="COLUMN", help="column of the address: a limit for each household"
    )
    parser.add_argument(
        "--per-address", type=int, default=1, metavar="N", help="people of one address (1)"
    )
    parser.add_argument(
        "--gone",
        nargs="+",
        action="extend",
        default=[],
        metavar="ID",
        help="people of the drawn panel who cannot come: says who moves up",
    )


def _panels(written: str) -> int:
    if not written.isdigit() or not 1 <= int(written) <= 100_000:
        raise ArgumentTypeError("between 1 and 100000 panels")
    return int(written)


def run(options: Namespace, output: Output) -> int:
    from miteinander.analysis import lot  # deferred: --help answers without NumPy

    language = setup.language()
    if options.list:
        found_again = lot.check_list(options.list, options.seed)
        output.give("\n".join(found_again.sentences(language)), found_again.as_json())
        return 0
    _require_files(options)
    home = lot.Household(options.address, options.per_address) if options.address else None
    with output.waiting("drawing"):
        pool = lot.read_pool(
            options.categories, options.respondents, size=options.size, household=home
        )
        found = lot.lottery(pool, panels=options.panels, file=Path(options.categories).name)
        drawn = lot.draw(found, options.seed)
    data = _data(found, drawn)
    lines = [
        (f"Gezogen: {', '.join(data['panel'])}")
        if language.startswith("de")
        else f"Drawn: {', '.join(data['panel'])}",
        "",
        *lot.sentences(found, drawn, language),
    ]
    if options.gone:
        replaced = _replaced(found, drawn, options.gone)
        data |= _replacements(found, replaced)
        lines += ["", *lot.replacement_sentences(found, replaced, language)]
    output.give("\n".join(lines), data)
    return 0


def _require_files(options: Namespace) -> None:
    # deferred: --help answers without NumPy
    from miteinander.analysis.errors import Unusable
    from miteinander.analysis.text import Text

    missing = [
        f"--{name}"
        for name in ("categories", "respondents", "size")
        if getattr(options, name) is None
    ]
    if missing:
        raise Unusable(
            Text(f"Es fehlt: {', '.join(missing)}.", f"Missing: {', '.join(missing)}."),
            do=Text(
                "Bitte Quoten, Menschen und Größe nennen, oder mit --list eine fertige Liste.",
                "Please name quotas, people and size, or with --list a list that is there.",
            ),
        )


def _data(found: Lot, drawn: Drawn) -> dict[str, Any]:
    """The keys of the contract, and what belongs to them."""
    from miteinander.analysis.lot import commitment  # deferred: --help answers without NumPy

    ids = found.pool.ids
    return {
        "probabilities": dict(zip(ids, found.probabilities.tolist(), strict=True)),
        "smallest": found.smallest,
        "upper_bound": found.upper_bound,
        "shortfall": found.shortfall,
        "panels": [found.ids(panel) for panel in found.panels],
        "shares": dict(zip(ids, found.shares.tolist(), strict=True)),
        "deviation": found.deviation,
        "digest": found.digest,
        "commitment": commitment(drawn.seed),
        "drawn": drawn.number,
        "panel": found.ids(drawn.panel),
        "seed": drawn.seed,
        "quotas_hold": found.valid,
        "seconds": found.seconds,
    }


def _replaced(found: Lot, drawn: Drawn, gone: list[str]) -> Replaced:
    from miteinander.analysis import lot  # deferred: --help answers without NumPy
    from miteinander.analysis.errors import Unusable
    from miteinander.analysis.text import Text

    people = lot.people_of(found.pool, gone)
    for one, person in zip(gone, people, strict=True):
        if person not in drawn.panel:
            raise Unusable(
                Text(f"„{one}“ ist nicht gezogen.", f"“{one}” was not drawn."),
                where="--gone",
                do=Text(
                    "Bitte nur Menschen nennen, die gezogen sind.",
                    "Please name only people who were drawn.",
                ),
            )
    return lot.replace(found.pool, drawn.panel, people, seed=drawn.seed)


def _replacements(found: Lot, replaced: Replaced) -> dict[str, Any]:
    ids = found.pool.ids
    return {
        "replacements": [
            {
                "gone": ids[one.gone],
                "new": None if one.new is None else ids[one.new],
                "same_type": one.same_type,
            }
            for one in replaced.replacements
        ],
        "panel_after": found.ids(replaced.panel),
        "missed": [
            {"category": q.category, "feature": q.feature, "min": q.low, "max": q.high, "has": n}
            for q, n in replaced.missed
        ],
    }
