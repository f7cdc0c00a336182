"""Where trials may run."""

from __future__ import annotations

from pathlib import Path

import pytest

from lstm_core.errors import SpecError
from lstm_core.jobs.local.slots import list_slots, share_cores, share_gpus
from lstm_core.machine import Gpu, list_gpus
from lstm_core.spec.search import SearchSpec

TWO_GPUS = (Gpu("0", "H200"), Gpu("1", "H200"))
ANSWER = "0, GPU-aaa, NVIDIA H200\n1, GPU-bbb, NVIDIA H200\n"


@pytest.fixture
def two_gpus(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A machine whose ``nvidia-smi`` knows of two."""
    program = tmp_path / "nvidia-smi"
    program.write_text(f"#!/bin/sh\nprintf '{ANSWER}'\n")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:/usr/bin:/bin")
    monkeypatch.delenv("CUDA_VISIBLE_DEVICES", raising=False)


def test_without_gpus_each_core_is_a_slot_and_threads_are_shared_out() -> None:
    slots = share_cores(8, None, None)
    assert len(slots) == 8
    assert len({slot.place for slot in slots}) == 8
    assert {slot.environment["TF_NUM_INTRAOP_THREADS"] for slot in slots} == {"1"}
    pair = share_cores(8, 2, None)
    assert [slot.place for slot in pair] == ["CPU 1 of 2, 4 threads", "CPU 2 of 2, 4 threads"]
    assert {slot.environment["OMP_NUM_THREADS"] for slot in pair} == {"4"}


def test_memory_limits_what_nobody_asked_for() -> None:
    assert len(share_cores(8, None, 4_000_000_000)) == 2
    assert len(share_cores(8, None, 100)) == 1
    assert len(share_cores(2, 4, 100)) == 4  # asked for is asked for


def test_each_gpu_holds_one_trial_unless_told_otherwise() -> None:
    slots = share_gpus(TWO_GPUS, None, 1)
    assert [slot.environment["CUDA_VISIBLE_DEVICES"] for slot in slots] == ["0", "1"]
    assert all(slot.environment["TF_FORCE_GPU_ALLOW_GROWTH"] == "true" for slot in slots)
    shared = share_gpus(TWO_GPUS, 3, 2)
    assert [slot.environment["CUDA_VISIBLE_DEVICES"] for slot in shared] == ["0", "1", "0"]
    assert len({slot.place for slot in shared}) == 3
    with pytest.raises(SpecError, match="2 GPUs with 1 trials each make 2"):
        share_gpus(TWO_GPUS, 3, 1)


@pytest.mark.usefixtures("two_gpus")
def test_gpus_are_found_without_an_engine(monkeypatch: pytest.MonkeyPatch) -> None:
    assert list_gpus() == (Gpu("0", "NVIDIA H200"), Gpu("1", "NVIDIA H200"))
    assert [slot.place for slot in list_slots(SearchSpec())] == [
        "GPU 0 (NVIDIA H200)",
        "GPU 1 (NVIDIA H200)",
    ]
    monkeypatch.setenv("CUDA_VISIBLE_DEVICES", "GPU-bbb")
    assert list_gpus() == (Gpu("1", "NVIDIA H200"),)
    monkeypatch.setenv("CUDA_VISIBLE_DEVICES", "")
    assert list_gpus() == ()


def test_no_driver_or_a_broken_one_means_no_gpu(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    assert list_gpus() == ()
    broken = tmp_path / "nvidia-smi"
    broken.write_text("#!/bin/sh\nexit 9\n")
    broken.chmod(0o755)
    assert list_gpus() == ()
