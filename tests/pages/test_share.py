"""The address that is sent to somebody leads to what it names."""

from __future__ import annotations

from types import SimpleNamespace

import pytest
import streamlit as st

from pages._ui.shell.share import make_address


@pytest.mark.parametrize(
    ("here", "expected"),
    [
        ("http://localhost:8501/run", "http://localhost:8501/run?id=abc"),
        ("http://localhost:8501/studio/run", "http://localhost:8501/studio/run?id=abc"),
        ("https://x.example/a/b/tune", "https://x.example/a/b/run?id=abc"),
        ("https://x.example/run/tune", "https://x.example/run/run?id=abc"),
        (None, "/run?id=abc"),
    ],
)
def test_it_holds_below_a_path(
    here: str | None, expected: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(st, "context", SimpleNamespace(url=here))
    assert make_address("abc") == expected
