"""What is learnt: noise, by LSTM layers and a dense one."""

from __future__ import annotations

import argparse
import json
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass

import numpy as np

FEATURES = 4
NUM_EPOCHS = 5
"""How many are counted, behind a first one that compiles."""


@dataclass(frozen=True)
class Case:
    """Windows of noise, ``(windows, steps, FEATURES)``, and one number ahead of each."""

    units: int
    layers: int
    steps: int
    windows: int
    batch: int

    def draw(self) -> tuple[np.ndarray, np.ndarray]:
        """Return rows, ``(windows + steps, FEATURES)``, and the number ahead, ``(windows, 1)``."""
        generator = np.random.default_rng(0)
        rows = generator.normal(size=(self.windows + self.steps, FEATURES)).astype("float32")
        return rows, rows[self.steps :, :1]

    def cut(self) -> tuple[np.ndarray, np.ndarray]:
        """Return windows and what is ahead of them, as who gathers nothing wants them."""
        rows, ahead = self.draw()
        at = np.arange(self.windows)[:, None] + np.arange(self.steps)
        return rows[at], ahead

    def to_json(self) -> str:
        return json.dumps(asdict(self))


def read_case() -> Case:
    """Take the case from the command line."""
    parser = argparse.ArgumentParser()
    parser.add_argument("case", type=json.loads)
    return Case(**parser.parse_args().case)


def measure(learn: Callable[[], object]) -> None:
    """Call it once for each epoch; print the seconds of all but the first as JSON."""
    learn()
    seconds, wall_seconds = [], []
    for _ in range(NUM_EPOCHS):
        began, wall_began = time.process_time(), time.monotonic()
        learn()
        seconds.append(time.process_time() - began)
        wall_seconds.append(time.monotonic() - wall_began)
    print(json.dumps({"seconds": seconds, "wall_seconds": wall_seconds}))
