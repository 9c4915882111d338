"""A contract that cannot fail protects nothing: each one is broken here on purpose."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from tests.house.files import PACKAGE, ROOT, STAGES

CONFIGURATION = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
CONTRACTS = CONFIGURATION["tool"]["importlinter"]["contracts"]
NAMES = {contract["id"]: contract["name"] for contract in CONTRACTS}

# contract, file, and the line that must not be there
VIOLATIONS = [
    ("layers", "core/errors.py", "import miteinander.public.urls"),
    ("layers", "process/models/meetings.py", "import miteinander.participation.models"),
    ("layers", "public/urls.py", "import miteinander.workspace.urls"),
    ("layers", "helpers/__init__.py", "stray = True"),
    ("rooms", "process/states.py", "import miteinander.process.models"),
    ("rooms", "strategy/helpers.py", "stray = True"),
    ("apart", "analysis/privacy.py", "import django.conf"),
    ("apart", "analysis/privacy.py", "import miteinander.core.canonical"),
    ("faces", "public/urls.py", "import miteinander.process.models"),
    ("faces", "workspace/urls.py", "from miteinander.core.models import Thing"),
    ("record", "process/queries.py", "from miteinander.core.events.record import record"),
    ("record", "workspace/urls.py", "from miteinander.core.lineage.link import link"),
    ("counted", "workspace/urls.py", "from miteinander.analysis.privacy import shown"),
    ("counted", "strategy/queries/measure.py", "import miteinander.analysis.text"),
]


@pytest.fixture
def tree(tmp_path) -> Path:
    """A copy of our Python files and their configuration, to be spoiled."""

    def only_python(folder, names):
        return [name for name in names if not (Path(folder, name).is_dir() or name.endswith(".py"))]

    shutil.copytree(PACKAGE, tmp_path / "src" / "miteinander", ignore=only_python)
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    return tmp_path


def lint(tree: Path, contract: str) -> subprocess.CompletedProcess[str]:
    command = [str(Path(sys.executable).with_name("lint-imports")), "--no-cache"]
    return subprocess.run(
        [*command, "--contract", contract],
        cwd=tree,
        env=os.environ | {"PYTHONPATH": str(tree / "src")},
        capture_output=True,
        text=True,
        check=False,
    )


def plant(tree: Path, file: str, line: str) -> None:
    path = tree / "src" / "miteinander" / file
    path.parent.mkdir(exist_ok=True)
    before = path.read_text(encoding="utf-8") if path.exists() else ""
    path.write_text(f"{before}\n{line}\n", encoding="utf-8")


def module_of(file: str) -> str:
    """Name of a planted file, as the linter says it."""
    return file.removesuffix(".py").removesuffix("/__init__").replace("/", ".")


@pytest.mark.parametrize(("contract", "file", "line"), VIOLATIONS)
def test_contract_is_broken_by_a_planted_violation(tree, contract, file, line):
    plant(tree, file, line)

    result = lint(tree, contract)

    assert result.returncode == 1
    assert f"{NAMES[contract]} BROKEN" in " ".join(result.stdout.split())
    assert module_of(file) in result.stdout  # it is this violation that was found


def test_every_contract_has_its_violation():
    assert {contract for contract, _file, _line in VIOLATIONS} == set(NAMES)


def test_annotations_of_a_face_may_name_models(tree):
    plant(
        tree,
        "public/urls.py",
        "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n"
        "    from miteinander.core.models import Thing",
    )

    assert "miteinander.public.urls" not in lint(tree, "faces").stdout


def test_the_contract_of_rooms_speaks_of_every_stage():
    rooms = next(contract for contract in CONTRACTS if contract["id"] == "rooms")

    assert rooms["containers"] == [f"miteinander.{stage}" for stage in STAGES]


@pytest.mark.parametrize("module", ["django.http", "django.shortcuts", "django.contrib.messages"])
@pytest.mark.parametrize(("package", "allowed"), [("process", False), ("workspace", True)])
def test_http_ends_at_the_view(tree, module, package, allowed):
    plant(tree, f"{package}/probe.py", f"import {module}")

    ruff = str(Path(sys.executable).with_name("ruff"))
    command = [ruff, "check", "--no-cache", "--select", "TID251", "--output-format", "concise"]
    result = subprocess.run(
        [*command, f"src/miteinander/{package}/probe.py"],
        cwd=tree, capture_output=True, text=True, check=False,
    )  # fmt: skip

    assert ("TID251" in result.stdout) is not allowed
