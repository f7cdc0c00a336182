"""A defect of ours: a sentence for the person, the traceback for the log."""

from __future__ import annotations

from pathlib import Path

import pytest

from lstm_core.__main__ import FAILED, main
from lstm_core.commands import runs


def test_a_fault_is_one_line_and_its_traceback_is_logged(
    studio_home: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def fail(*_: object) -> int:
        raise RuntimeError("the cause")

    monkeypatch.setattr(runs, "run", fail)
    assert main(["runs"]) == FAILED
    printed = capsys.readouterr()
    assert printed.out == ""
    assert len(printed.err.splitlines()) == 1
    assert "Traceback" not in printed.err
    log = (studio_home / "logs" / "commands.log").read_text()
    assert "the cause" in log
    assert "Traceback" in log
