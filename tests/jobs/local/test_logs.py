from __future__ import annotations

from pathlib import Path

from lstm_core.jobs.local.logs import turn_over


def test_a_log_that_has_grown_large_is_put_aside(tmp_path: Path) -> None:
    log = tmp_path / "questions.log"
    turn_over(log, 10)  # there is none yet
    for text in ("short", "first of too many", "second of too many"):
        log.write_text(text)
        turn_over(log, 10)
    assert not log.exists()
    assert {path.name: path.read_text() for path in tmp_path.iterdir()} == {
        "questions.old.log": "second of too many"
    }
