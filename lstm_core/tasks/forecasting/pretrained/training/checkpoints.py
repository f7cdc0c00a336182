"""A training on disk: stopped at any time, it goes on from its last checkpoint as if it had not."""

from __future__ import annotations

import json
import os
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

import numpy as np


@dataclass
class Progress:
    """How far a training is.

    Attributes:
        batches: done so far. ``seconds``: of the processor's time. ``seed``: of the plan.
        losses: the running loss of each rhythm.
        curve: rows of batches, seconds, mean loss and learning rate.
        generator: the state of the random numbers.
    """

    batches: int = 0
    seconds: float = 0.0
    seed: int = 0
    losses: dict[str, float] = field(default_factory=dict)
    curve: list[list[float]] = field(default_factory=list)
    generator: dict[str, Any] = field(default_factory=dict)


def find_checkpoint(folder: Path) -> Path:
    """Where a training in a folder keeps its checkpoint."""
    return folder / "checkpoint.npz"


def find_steady_checkpoint(folder: Path) -> Path:
    """Where it keeps the last one before its learning rate fell."""
    return folder / "steady.npz"


def load_progress(path: Path) -> Progress:
    """How far the training was."""
    with np.load(path) as stored:
        return Progress(**json.loads(str(stored["progress"])))


def save_checkpoint(path: Path, progress: Progress, arrays: dict[str, list[np.ndarray]]) -> None:
    """Write a checkpoint in one go: the old one stays until the new one is whole."""
    flat = {f"{name}/{k}": one for name, group in arrays.items() for k, one in enumerate(group)}
    written = path.with_suffix(".tmp")
    with written.open("wb") as file:
        np.savez(file, progress=np.array(json.dumps(asdict(progress))), **flat)  # type: ignore[arg-type]
        file.flush()
        os.fsync(file.fileno())
    written.replace(path)


def load_checkpoint(path: Path) -> tuple[Progress, dict[str, list[np.ndarray]]]:
    """Read what ``save_checkpoint`` wrote."""
    groups: dict[str, list[np.ndarray]] = {}
    progress = load_progress(path)
    with np.load(path) as stored:
        names = [name for name in stored.files if name != "progress"]
        for name in sorted(names, key=lambda name: int(name.rpartition("/")[2])):
            groups.setdefault(name.rpartition("/")[0], []).append(stored[name])
    return progress, groups
