"""What commands print, and exported code."""

from __future__ import annotations

import pytest

from tests.goldens.collection import ANSWERS, REWRITE, TEXTS


@pytest.mark.parametrize(
    "name",
    [
        pytest.param(name, marks=[pytest.mark.slow, pytest.mark.timeout(1_200)])
        if golden.is_long
        else name
        for name, golden in ANSWERS.items()
    ],
)
def test_a_command_says_what_it_said(name: str) -> None:
    different = ANSWERS[name].find_differences()
    assert not different, "\n".join([*different, REWRITE])


@pytest.mark.parametrize("name", TEXTS)
def test_exported_code_is_what_it_was(name: str) -> None:
    different = TEXTS[name].find_differences()
    assert not different, "\n".join([*different, REWRITE])
