"""How the collection is gone through: which runs, what is kept, and how it ends."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from benchmarks.collection import __main__ as command
from benchmarks.collection.jobs import Job, choose_cutoffs, list_jobs
from benchmarks.collection.results import Results
from benchmarks.collection.running import FIRST_SEED, RunFailedError, call_program, run_default
from benchmarks.collection.series import Series, make_series
from benchmarks.collection.totals import LIMITS
from tests.benchmarks.collection.test_totals import make_line

LONG = make_series("long", np.arange(300.0), "h", "hourly", "made")
SHORT = make_series("short", np.arange(100.0), "MS", "monthly", "made")
TINY = make_series("tiny", np.arange(26.0), "YS", "yearly", "made")


@pytest.fixture
def measured(monkeypatch: pytest.MonkeyPatch) -> list[Job]:
    """Which runs were made, none of them in truth."""
    jobs: list[Job] = []

    def measure(job: Job) -> dict[str, Any]:
        jobs.append(job)
        return make_line(job.num_rows, 0.5) | job.about

    monkeypatch.setattr(command, "measure", measure)
    monkeypatch.setattr(command, "list_series", lambda folder: [SHORT, TINY, LONG])
    return jobs


def test_a_table_is_cut_where_enough_is_left() -> None:
    assert choose_cutoffs(SHORT) == [100, 75, 50]
    assert choose_cutoffs(TINY) == [26]
    assert choose_cutoffs(LONG) == [300, 255]


def test_whole_tables_come_first() -> None:
    jobs = list(list_jobs([SHORT, LONG], 2))
    assert [(job.series.name, job.num_rows, job.seed) for job in jobs[:4]] == [
        ("short", 100, 42),
        ("long", 300, 42),
        ("short", 100, 43),
        ("long", 300, 43),
    ]
    assert len(jobs) == len({job.key for job in jobs}) == 10


def test_a_run_is_known_by_what_it_follows_from() -> None:
    job = Job(SHORT, 100, FIRST_SEED)
    assert job.key == Job(SHORT, 100, FIRST_SEED).key
    other = make_series("short", np.arange(100.0) + (np.arange(100) == 3), "MS", "monthly", "made")
    keys = {
        job.key,
        Job(SHORT, 75, FIRST_SEED).key,
        Job(SHORT, 100, 43).key,
        Job(other, 100, FIRST_SEED).key,
        Job(SHORT, 100, FIRST_SEED, ("training.preset=fast",)).key,
    }
    assert len(keys) == 5


def test_what_was_measured_is_not_measured_again(
    measured: list[Job], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "below" / "results.jsonl"
    told = ["--results", str(file)]
    command.main([*told, "--only", "short", "--kinds", "few"])
    assert [job.num_rows for job in measured] == [100, 75, 50]
    file.write_text(file.read_text() + '{"key": "half a li')  # its writer was killed
    capsys.readouterr()

    command.main(told)

    assert [job.series.name for job in measured[3:]] == ["tiny", "long", "long"]
    report = json.loads(capsys.readouterr().out)
    assert (report["runs"], report["still_to_run"], report["missed"]) == (6, 0, [])
    assert [row["series"] for row in report["rows"]] == ["short", "tiny", "long"]
    assert set(report["by_group"]) == {"few", "many"}
    assert len(Results(file).pick([job.key for job in measured])) == 6


def test_a_report_runs_nothing(
    measured: list[Job], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    command.main(["--results", str(tmp_path / "results.jsonl"), "--report"])
    report = json.loads(capsys.readouterr().out)
    assert (measured, report["rows"], report["still_to_run"]) == ([], [], 6)


def test_a_list_runs_nothing(measured: list[Job], capsys: pytest.CaptureFixture[str]) -> None:
    command.main(["--list", "--kinds", "many"])
    assert capsys.readouterr().out.split()[:3] == ["long", "many", "300,"]
    assert not measured


def test_a_missed_limit_is_an_exit_status(
    measured: list[Job], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(LIMITS, "to_chosen", 0.4)
    with pytest.raises(SystemExit, match="1"):
        command.main(["--results", str(tmp_path / "results.jsonl")])


def test_a_run_without_a_result_is_told_and_tried_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    tried = []

    def run(series: Series, num_rows: int, seed: int, settings: tuple[str, ...]) -> None:
        tried.append(settings)
        raise RunFailedError("no memory")

    monkeypatch.setattr(command, "run_default", run)
    monkeypatch.setattr(command, "list_series", lambda folder: [TINY])
    for _ in range(2):
        with pytest.raises(SystemExit, match="1"):
            command.main(["--results", str(tmp_path / "x.jsonl"), "--set", "training.preset=fast"])
        failed = [{"series": "tiny", "rows": 26, "error": "no memory"}]
        assert json.loads(capsys.readouterr().out)["failed"] == failed
    assert tried == [("training.preset=fast",)] * 2


def test_an_unknown_name_is_refused(
    measured: list[Job], capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit, match="2"):
        command.main(["--only", "shrot"])
    assert "There is no series shrot" in capsys.readouterr().err


def test_a_program_is_told_its_home_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LSTM_STUDIO_DATABASE_URL", "postgresql://elsewhere")
    code = "import json, os; print(json.dumps({k: v for k, v in os.environ.items()}))"
    told = call_program([sys.executable, "-c", code], tmp_path)
    assert told["LSTM_STUDIO_HOME"] == str(tmp_path)
    assert "LSTM_STUDIO_DATABASE_URL" not in told
    assert told["processor_seconds"] > 0


def test_what_is_refused_is_told_in_the_words_of_the_program(tmp_path: Path) -> None:
    code = "import sys; print('loading', file=sys.stderr); sys.exit('There are too few rows.')"
    with pytest.raises(RunFailedError, match=r"^There are too few rows\.$"):
        call_program([sys.executable, "-c", code], tmp_path)


@pytest.mark.slow
def test_a_run_is_that_of_the_command_line() -> None:
    noise = np.random.default_rng(1).normal(0, 0.1, 72)
    values = np.sin(2 * np.pi * np.arange(72) / 12) + noise
    series = make_series("wave", values, "MS", "monthly", "made")
    run = run_default(series, 60, settings=["model.architecture=pretrained"])
    assert run.dataset.num_rows == 60
    assert run.spec.task.horizon == 6
    assert run.seconds > 0
    assert command.measure(Job(series, 60, FIRST_SEED, ("training.preset=fast",)))["season"] == 12
