"""What JAX compiles is kept for the next process; nothing depends on its being there."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

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


def run(script: str) -> str:
    """Run it on JAX."""
    pytest.importorskip("jax")
    done = subprocess.run(
        [sys.executable, "-c", script],
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


def test_a_torn_file_is_passed_over(studio_home: Path) -> None:
    run(COMPUTE)
    for file in list_files(studio_home):
        file.write_bytes(file.read_bytes()[:20])
    assert run(COMPUTE) == "7.0\n"


def test_that_the_engine_is_missing_is_said(studio_home: Path) -> None:
    said = run(LACK)
    assert "on jax, which is not installed" in said
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
