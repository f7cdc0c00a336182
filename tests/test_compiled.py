"""What JAX compiles is kept for the next process; nothing depends on its being there."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from lstm_core.engines import compiled
from lstm_core.engines.compiled import name_folder, sweep_compiled

COMPUTE = """
import jax
from lstm_core.tasks.registry import get_kind, load_engine
load_engine(get_kind("forecasting"))
jax.config.update("jax_persistent_cache_min_compile_time_secs", 0.0)
print(float(jax.jit(lambda number: number * 3 + 1)(2.0)))
"""
LACK = """
from lstm_core.errors import TrainingError
from lstm_core.machine import leaving_out
from lstm_core.tasks.registry import get_kind, load_engine
with leaving_out("jax"):
    try:
        load_engine(get_kind("forecasting"))
    except TrainingError as error:
        print(error)
"""

FIT = """
import sys
from lstm_core.__main__ import main
settings = {
    "task.lookback": 8, "task.horizon": 2, "model.architecture": "vanilla", "model.units": 4,
    "training.preset": "fast", "training.epochs": 1, "training.batch_size": 32,
}
options = [part for path, value in settings.items() for part in ("--set", f"{path}={value}")]
sys.exit(main(["fit", sys.argv[1], "--time", "day", "--target", "units", "--json", *options]))
"""


def run(script: str, *arguments: str) -> str:
    """Run it on JAX."""
    pytest.importorskip("jax")
    done = subprocess.run(
        [sys.executable, "-c", script, *arguments],
        env=os.environ | {"KERAS_BACKEND": "jax"},
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout


def list_files(home: Path) -> list[Path]:
    return sorted(name_folder(home / "cache").glob("*-cache"))


def test_what_one_process_compiled_lies_ready_for_the_next(studio_home: Path) -> None:
    assert run(COMPUTE) == "7.0\n"
    files = list_files(studio_home)
    assert files
    written = [file.stat().st_mtime_ns for file in files]
    assert run(COMPUTE) == "7.0\n"
    assert list_files(studio_home) == files
    assert [file.stat().st_mtime_ns for file in files] == written


def test_a_table_of_another_length_learns_with_what_was_compiled_for_the_first(
    studio_home: Path, tmp_path: Path
) -> None:
    kept = []
    for number, num_rows in enumerate((560, 610)):
        days = pd.date_range("2020-01-01", periods=num_rows)
        units = 20 + 5 * np.sin(np.arange(num_rows) / 3) + np.arange(num_rows) % 7
        path = tmp_path / f"{number}.csv"
        pd.DataFrame({"day": days, "units": units}).to_csv(path, index=False)
        report = json.loads(run(FIT, str(path)))
        assert report["device"].endswith(", JAX")
        assert report["engine_reason"] == "KERAS_BACKEND asks for it"
        kept.append([file for file in list_files(studio_home) if file.name.startswith("jit_learn")])
    assert len(kept[0]) == 1
    assert kept[1] == kept[0]


def test_a_torn_file_is_passed_over(studio_home: Path) -> None:
    run(COMPUTE)
    for file in list_files(studio_home):
        file.write_bytes(file.read_bytes()[:20])
    assert run(COMPUTE) == "7.0\n"


def test_that_the_engine_is_missing_is_said(studio_home: Path) -> None:
    said = run(LACK)
    assert "on JAX, which is not installed: KERAS_BACKEND asks for it" in said
    assert "unset KERAS_BACKEND" in said


def test_the_oldest_are_swept_until_the_others_fit(tmp_path: Path) -> None:
    folder = name_folder(tmp_path)
    folder.mkdir(parents=True)
    for age in range(5):
        file = folder / f"{age}-cache"
        file.write_bytes(b"x" * 100)
        os.utime(file, (1_000_000 - age, 1_000_000 - age))
    assert sweep_compiled(tmp_path, most_bytes=250) == 3
    assert sorted(file.name for file in folder.iterdir()) == ["0-cache", "1-cache"]
    assert sweep_compiled(tmp_path, most_bytes=250) == 0
    assert sweep_compiled(tmp_path / "nothing") == 0


def test_another_processor_has_a_folder_of_its_own(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    told = tmp_path / "cpuinfo"
    monkeypatch.setattr(compiled, "_PROCESSOR", told)
    folders = set()
    for flags in ("sse avx", "sse avx avx2", "sse avx"):
        told.write_text(f"processor : 0\nmodel name : EPYC\nflags : {flags}\ncpu MHz : 2{flags}\n")
        folders.add(name_folder(tmp_path))
    assert len(folders) == 2
