"""What this machine has to offer."""

from __future__ import annotations

import os
import shutil
import subprocess
from dataclasses import dataclass
from functools import cache
from pathlib import Path

_LIMITS = (
    Path("/sys/fs/cgroup/memory.max"),
    Path("/sys/fs/cgroup/memory/memory.limit_in_bytes"),
)


@cache
def measure_memory_bytes() -> int | None:
    """Return the memory that processes here may use, container limits included; None: unknown."""
    found = []
    if hasattr(os, "sysconf") and "SC_PHYS_PAGES" in os.sysconf_names:
        found.append(os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES"))
    for path in _LIMITS:
        if path.is_file():
            text = path.read_text(encoding="ascii").strip()
            found += [int(text)] if text.isdigit() else []  # "max" is no limit
    return min(found) if found else None


def count_cores() -> int:
    """Return how many cores this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


@dataclass(frozen=True)
class Gpu:
    """One GPU that this process may use; ``name`` is what ``CUDA_VISIBLE_DEVICES`` calls it."""

    name: str
    model: str


def list_gpus(timeout_seconds: float = 10.0) -> tuple[Gpu, ...]:
    """Return NVIDIA's GPUs, as far as ``CUDA_VISIBLE_DEVICES`` lets this process see them.

    Asks ``nvidia-smi``, which loads no training engine; empty where it is missing or fails.
    """
    program = shutil.which("nvidia-smi")
    if program is None:
        return ()
    query = [program, "--query-gpu=index,uuid,name", "--format=csv,noheader"]
    try:
        answer = subprocess.run(
            query, capture_output=True, text=True, timeout=timeout_seconds, check=True
        )
    except (OSError, subprocess.SubprocessError):
        return ()
    rows = [[part.strip() for part in line.split(",", 2)] for line in answer.stdout.splitlines()]
    found = {row[0]: Gpu(row[0], row[2]) for row in rows if len(row) == 3}
    by_uuid = {row[1]: row[0] for row in rows if len(row) == 3}
    visible = os.environ.get("CUDA_VISIBLE_DEVICES")
    if visible is None:
        return tuple(found.values())
    names = [by_uuid.get(name.strip(), name.strip()) for name in visible.split(",")]
    return tuple(found[name] for name in names if name in found)
