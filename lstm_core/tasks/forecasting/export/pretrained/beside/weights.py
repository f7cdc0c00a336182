"""The weights, in a file that stands beside this one."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from lstm_core.tasks.forecasting.pretrained.packing import Pretrained, unpack

WEIGHTS_FILE = "pretrained.npz"


def get_latest_version() -> str:
    """Tell the weights that forecasts are made with; there are no others here."""
    return Path(WEIGHTS_FILE).stem


@lru_cache(maxsize=1)
def load_version(version: str) -> Pretrained:
    """Read the weights.

    Raises:
        DataError: they were trained on another description of series.
    """
    members, about = unpack(Path(__file__).with_name(f"{version}.npz").read_bytes())
    return Pretrained(members, version, about=about)
