"""Handwritten digits, read line by line: the file that ships inside scikit-learn."""

from __future__ import annotations

import gzip
import importlib.util
from pathlib import Path

import numpy as np

from lstm_core.data.items.collection import ItemCollection, as_objects
from lstm_core.data.items.signals import Signals
from lstm_core.errors import SourceError

_SIDE = 8


def read_digits() -> ItemCollection:
    """Return 1,797 digits, each a signal of 8 lines with 8 dots, from 0 (white) to 16.

    The file is read without importing scikit-learn, which takes far longer than the reading.

    Raises:
        SourceError: the file is not where scikit-learn keeps it.
    """
    package = importlib.util.find_spec("sklearn")
    folders = package.submodule_search_locations if package else None
    path = Path(*(folders or [])[:1], "datasets", "data", "digits.csv.gz")
    try:
        content = gzip.decompress(path.read_bytes())
    except OSError as error:
        raise SourceError(
            "The handwritten digits that come with scikit-learn are missing.",
            "Install the requirements again, or choose another sample.",
        ) from error
    table = np.loadtxt(content.decode("ascii").splitlines(), delimiter=",", dtype=np.float32)
    num_items = len(table)
    return ItemCollection(
        content="numbers",
        ids=as_objects([f"digit {number + 1}" for number in range(num_items)]),
        labels=as_objects([str(int(digit)) for digit in table[:, -1]]),
        signals=Signals.from_lengths(
            table[:, :-1].reshape(-1, _SIDE),
            np.full(num_items, _SIDE),
            [f"dot {number + 1}" for number in range(_SIDE)],
        ),
        source="sample",
        name="digits",
        roles=(("label", "digit"),),
        notes=("Each picture of 8 × 8 dots is a sequence of its lines, from top to bottom.",),
    )
