"""Settings that do not fit are refused with a sentence, before anything else happens."""

import pytest

from miteinander.config import env
from miteinander.core.errors import SettingWrong


def test_an_unknown_kind_of_database_is_refused_without_repeating_the_password(monkeypatch):
    monkeypatch.setenv("MITEINANDER_DATABASE", "mysterydb://town:secret@host/db")
    with pytest.raises(SettingWrong) as refusal:
        env.database("MITEINANDER_DATABASE", "sqlite:///x")
    assert "MITEINANDER_DATABASE" in str(refusal.value)
    assert "postgresql://" in str(refusal.value.do)
    assert "secret" not in str(refusal.value)


def test_an_empty_setting_counts_as_left_out(monkeypatch):
    monkeypatch.setenv("MITEINANDER_DATABASE", "  ")
    assert env.database("MITEINANDER_DATABASE", "sqlite:///x.sqlite3")["NAME"].endswith("x.sqlite3")


@pytest.mark.parametrize("value", ["maybe", "2"])
def test_a_flag_is_yes_or_no(monkeypatch, value):
    monkeypatch.setenv("MITEINANDER_HTTPS", value)
    with pytest.raises(SettingWrong, match="MITEINANDER_HTTPS"):
        env.flag("MITEINANDER_HTTPS", default=False)


def test_a_number_is_a_whole_number(monkeypatch):
    monkeypatch.setenv("MITEINANDER_SIGNED_LINK_DAYS", "a month")
    with pytest.raises(SettingWrong, match="a month"):
        env.number("MITEINANDER_SIGNED_LINK_DAYS", 30)
