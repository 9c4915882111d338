"""The data folder: made when missing, refused when unusable, one server at a time."""

from __future__ import annotations

import subprocess
import sys

import pytest

from miteinander.config import env, folder
from miteinander.core.errors import AlreadyRunning, FolderUnusable, SettingWrong


def test_a_missing_folder_is_made_and_left_clean(tmp_path):
    made = folder.prepare(tmp_path / "a" / "b")
    assert made.is_dir()
    assert list(made.iterdir()) == []


@pytest.mark.parametrize("where", ["file/data", "file"])
def test_what_cannot_be_a_folder_is_refused_with_its_name(tmp_path, where):
    (tmp_path / "file").write_text("")
    with pytest.raises(FolderUnusable) as refusal:
        folder.prepare(tmp_path / where)
    assert refusal.value.where == str(tmp_path / where)


def test_a_place_that_cannot_be_written_is_refused():
    from pathlib import Path

    with pytest.raises(FolderUnusable):
        folder.prepare(Path("/proc/miteinander"))


def test_the_key_is_made_once_and_readable_by_its_owner_only(tmp_path):
    first = folder.secret_key(tmp_path / "data")
    assert len(first) >= 64
    assert folder.secret_key(tmp_path / "data") == first
    assert oct((tmp_path / "data" / "secret.key").stat().st_mode & 0o777) == "0o600"
    assert folder.secret_key(tmp_path / "other") != first


def test_demo_is_a_mark_in_the_folder(tmp_path):
    assert folder.is_empty(tmp_path / "nowhere")
    folder.secret_key(tmp_path)
    assert folder.is_empty(tmp_path), "the key alone is no installation"
    assert not folder.is_demo(tmp_path)
    folder.mark_as_demo(tmp_path)
    assert folder.is_demo(tmp_path)
    assert not folder.is_empty(tmp_path)


def test_the_environment_decides_where(tmp_path, monkeypatch):
    monkeypatch.setenv("MITEINANDER_DATA", str(tmp_path / "x"))
    assert folder.data_folder() == tmp_path / "x"


def test_a_second_server_is_refused_by_name_and_the_lock_goes_with_the_first(tmp_path):
    code = (
        "import sys, pathlib; from miteinander.config import folder\n"
        "with folder.only_one_server(pathlib.Path(sys.argv[1])):\n"
        "    print('held', flush=True); sys.stdin.read()\n"
    )
    first = subprocess.Popen(
        [sys.executable, "-c", code, str(tmp_path)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert first.stdout.readline() == "held\n"
    with pytest.raises(AlreadyRunning) as refusal, folder.only_one_server(tmp_path):
        pass
    assert str(first.pid) in str(refusal.value)
    first.kill()
    first.communicate()
    with folder.only_one_server(tmp_path):
        assert (tmp_path / "lock").read_text() != str(first.pid)


@pytest.mark.parametrize(
    ("value", "expected"), [("1", True), ("Yes", True), ("off", False), ("", True), (" 0 ", False)]
)
def test_flags(monkeypatch, value, expected):
    monkeypatch.setenv("MITEINANDER_TRY", value)
    assert env.flag("MITEINANDER_TRY", default=True) is expected


@pytest.mark.parametrize(
    ("read", "value"),
    [
        (lambda: env.flag("MITEINANDER_TRY", default=False), "perhaps"),
        (lambda: env.number("MITEINANDER_TRY", 1), "many"),
        *((lambda: env.languages("MITEINANDER_TRY", []), wrong) for wrong in ("de;en", ",", "en")),
    ],
)
def test_a_wrong_setting_fails_loudly_with_name_and_value(monkeypatch, read, value):
    monkeypatch.setenv("MITEINANDER_TRY", value)
    with pytest.raises(SettingWrong) as refusal:
        read()
    assert "MITEINANDER_TRY" in refusal.value.what
    assert value in refusal.value.what
    assert refusal.value.do


@pytest.mark.parametrize("value", ["de en ar", "de, en,ar", " DE,en , ar,en "])
def test_languages_are_separated_by_commas_or_blanks(monkeypatch, value):
    monkeypatch.setenv("MITEINANDER_TRY", value)
    assert env.languages("MITEINANDER_TRY", ["de"]) == ["de", "en", "ar"]


def test_without_a_word_the_languages_are_the_usual_ones(monkeypatch):
    monkeypatch.setenv("MITEINANDER_TRY", "  ")
    assert env.languages("MITEINANDER_TRY", ["de", "en"]) == ["de", "en"]


def test_numbers_and_words(monkeypatch):
    monkeypatch.setenv("MITEINANDER_TRY", " 7 ")
    assert env.number("MITEINANDER_TRY", 1) == 7
    monkeypatch.setenv("MITEINANDER_TRY", "a, b ,,c")
    assert env.words("MITEINANDER_TRY", []) == ["a", "b", "c"]
    monkeypatch.delenv("MITEINANDER_TRY")
    assert env.words("MITEINANDER_TRY", ["x"]) == ["x"]
    assert env.number("MITEINANDER_TRY", 1) == 1
