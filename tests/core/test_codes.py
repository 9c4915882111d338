"""Codes: read however they are typed."""

from __future__ import annotations

import pytest

from miteinander.core.codes import read_code


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("M4RK-7TZW-0QH1", "M4RK-7TZW-0QH1"),
        (" m4rk.7tzw oqhi ", "M4RK-7TZW-0QH1"),
        ("M4RK-7TZW-0QHU", ""),
        ("M4RK-7TZW", ""),
        ("M4RK-7TZW-0QH1-2", ""),
        ("", ""),
    ],
)
def test_codes_are_read_as_people_type_them(typed, read):
    assert read_code(typed) == read
