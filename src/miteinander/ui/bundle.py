"""Our style sheets as one file, for the asset step.

The sources are small files, one per group of components. Visitors get one file. On the way,
two things are done that would otherwise need a newer browser or a second sheet:

- ``light-dark(a, b)`` in tokens.css becomes plain values: the light ones at ``:root``, the dark
  ones for the system's preference and for ``data-theme="dark"``. Print stays light.
- the colours that hang on the municipality's accent are written out for our own accent; a town
  with another one loads its small sheet (see :mod:`miteinander.ui.accent`) after this one.
"""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path

from miteinander.ui.accent import DEFAULT, accent_css, by_day

CSS = Path(__file__).parent / "static" / "ui" / "css"
ORDER = (
    "yarn", "tokens", "kern", "base", "layout", "frame", "thread", "phases", "status", "charts",
    "rows", "news", "cards", "forms", "voting", "survey", "attend", "search", "notices",
    "compare", "document", "draft", "board", "draw", "desk", "meeting", "small", "rtl", "media",
)  # fmt: skip

_COLOUR = r"[^(),]+|[\w-]+\([^()]*\)"
_FIXED = re.compile(r"(--[\w-]+):\s*(#[0-9a-f]{6});")
_PAIR = re.compile(rf"(--[\w-]+):\s*light-dark\(({_COLOUR}),\s*({_COLOUR})\);")


def bundle(out: Path, *, fonts: Path) -> None:
    """Write the one sheet that every page links, beginning with the faces of the fonts."""
    out.parent.mkdir(parents=True, exist_ok=True)
    out.write_text(fonts.read_text(encoding="utf-8") + sheet(), encoding="utf-8")


def sheet() -> str:
    """All sources in their order, small enough for the budget and without `light-dark()`."""
    sources = {name: (CSS / f"{name}.css").read_text(encoding="utf-8") for name in ORDER}
    sources["tokens"] = accent_css(DEFAULT) + without_light_dark(sources["tokens"])
    return "".join(_smaller(source) for source in sources.values())


def without_light_dark(source: str) -> str:
    """Replace every ``--token: light-dark(day, night);`` by static rules for both themes."""
    night = "".join(f"{name}:{dark.strip()};" for name, _, dark in _PAIR.findall(source))
    day = _PAIR.sub(lambda found: f"{found[1]}: {found[2].strip()};", source)
    return (
        f"{day}\n@media screen and (prefers-color-scheme: dark) "
        f'{{:root:not([data-theme="light"]) {{{night}}}}}\n'
        f'@media screen {{:root[data-theme="dark"] {{{night}}}}}\n'
    )


@lru_cache(maxsize=64)
def colours(accent: str = DEFAULT) -> dict[str, str]:
    """The tokens of the light theme as plain values, for what cannot read a style sheet.

    A chart in a PDF has the colours of the chart on the page because both read tokens.css.
    """
    source = (CSS / "tokens.css").read_text(encoding="utf-8")
    fixed = {name: day.strip() for name, day, _night in _PAIR.findall(source)}
    fixed |= dict(_FIXED.findall(source))
    return {name.removeprefix("--"): value for name, value in fixed.items()} | by_day(accent)


def _smaller(source: str) -> str:
    without_comments = re.sub(r"/\*.*?\*/", "", source, flags=re.DOTALL)
    lines = (line.strip() for line in without_comments.splitlines())
    return "".join(f"{line}\n" for line in lines if line)
