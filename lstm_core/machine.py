"""What this machine has to offer."""

from __future__ import annotations

import ctypes
import gc
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from importlib.abc import MetaPathFinder
from pathlib import Path

_LIMITS = (
    Path("/sys/fs/cgroup/memory.max"),
    Path("/sys/fs/cgroup/memory/memory.limit_in_bytes"),
)

WANTED_DESCRIPTORS = 65_536
"""Enough for thousands of visitors; more would only cost programs that walk through them all."""


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


def raise_descriptor_limit(wanted: int = WANTED_DESCRIPTORS) -> int | None:
    """Let this process have more files, connections and pipes open; return how many it may.

    Many systems start programs with a limit of 256 or 1,024 that these may raise themselves. What
    this process starts inherits it. None where there is no such limit.
    """
    if sys.platform == "win32":
        return None
    import resource

    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    most = wanted if hard == resource.RLIM_INFINITY else min(wanted, hard)
    if soft == resource.RLIM_INFINITY or soft >= most:
        return soft
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, hard))
    return most


@contextmanager
def importing_much() -> Iterator[None]:
    """Import a large library here in four fifths of the time.

    Modules make objects by the hundred thousand and drop next to none of them: Python's search for
    circles among what was dropped finds nothing, and takes .9 of 4.2 s for TensorFlow. It rests
    meanwhile, and leaves out from then on what was loaded.
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        if was_on:
            gc.enable()


class LeftOut(MetaPathFinder):
    """While it stands first in ``sys.meta_path``, no import finds a package.

    It isn't in ``sys.modules`` as None instead: some look there unasked.
    """

    def __init__(self, package: str) -> None:
        self._package = package

    def find_spec(self, fullname: str, path: object = None, target: object = None) -> None:
        if fullname == self._package:
            raise ModuleNotFoundError(f"{fullname} is left out here.", name=fullname)


@contextmanager
def leaving_out(package: str) -> Iterator[None]:
    """Import what takes a package along where there is one, without it."""
    finder = LeftOut(package)
    sys.meta_path.insert(0, finder)
    try:
        yield
    finally:
        sys.meta_path.remove(finder)


@contextmanager
def setting_variable(name: str, value: str) -> Iterator[None]:
    """Set a variable of this process's environment for a while."""
    before = os.environ.get(name)
    os.environ[name] = value
    try:
        yield
    finally:
        if before is None:
            del os.environ[name]
        else:
            os.environ[name] = before


def return_memory() -> None:
    """Give memory back to the system that was used and let go of.

    The C library and Arrow keep it for later, a large file's worth of it for good: a server that
    reads files now and then would hold as much as the largest ones took.
    """
    pyarrow = sys.modules.get("pyarrow")
    if pyarrow is not None:
        pyarrow.default_memory_pool().release_unused()
    trim = getattr(ctypes.CDLL(None), "malloc_trim", None) if sys.platform == "linux" else None
    if trim is not None:  # another C library than glibc has no such call
        trim(0)


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
