"""Where the things lie that the house tests look at."""

from __future__ import annotations

import subprocess
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "src" / "miteinander"
STAGES = ("community", "process", "participation", "strategy", "adoption", "monitoring")


def tracked() -> list[Path]:
    """Every file that Git has, or would take with `git add`."""
    command = ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"]
    names = subprocess.run(command, cwd=ROOT, capture_output=True, check=True, text=True).stdout
    return [path for name in names.split("\0") if name and (path := ROOT / name).exists()]


def python(*folders: str) -> list[Path]:
    """Our Python files in these folders, without what Django generates."""
    found = (path for folder in folders for path in (ROOT / folder).rglob("*.py"))
    return sorted(path for path in found if "migrations" not in path.parts)


def templates() -> list[Path]:
    return sorted(PACKAGE.glob("*/templates/**/*.html"))


def name_of(path: Path) -> str:
    return str(path.relative_to(ROOT))
