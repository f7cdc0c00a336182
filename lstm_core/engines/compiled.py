"""Where an engine keeps what it has compiled, for later runs of other processes.

JAX compiles for seconds what a run needs; what lies there is loaded instead. Everything in the
folder can be made again: it may be deleted at any time.
"""

from __future__ import annotations

import hashlib
import platform
from pathlib import Path

MOST_BYTES = 256_000_000
"""A run leaves about half a megabyte."""

_PROCESSOR = Path("/proc/cpuinfo")


def name_folder(cache_folder: Path) -> Path:
    """Return the folder of this processor: what is compiled for one may not run on another."""
    told = platform.machine()
    if _PROCESSOR.is_file():
        lines = _PROCESSOR.read_text(encoding="utf-8", errors="replace").splitlines()
        kinds = ("model name", "flags", "Features")
        told += "".join(sorted({line for line in lines if line.startswith(kinds)}))
    return cache_folder / "compiled" / hashlib.sha256(told.encode()).hexdigest()[:16]


def sweep_compiled(cache_folder: Path, most_bytes: int = MOST_BYTES) -> int:
    """Remove the oldest files until the others fit; return how many. Several may do so at once."""
    found = []
    for path in (cache_folder / "compiled").glob("*/*"):
        try:
            state = path.stat()
        except FileNotFoundError:
            continue  # somebody else sweeps as well
        found.append((state.st_mtime, state.st_size, path))
    room, num_swept = most_bytes, 0
    for _, size, path in sorted(found, reverse=True):
        room -= size
        if room < 0:
            path.unlink(missing_ok=True)
            num_swept += 1
    return num_swept
