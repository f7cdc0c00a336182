"""Trained networks on disk: their weights. Nothing pickled."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from lstm_core.errors import DataError

if TYPE_CHECKING:
    import keras


def members_to_bytes(members: Sequence[Sequence[np.ndarray]]) -> bytes:
    """Return the weights of networks of one kind as one ``.npz``, in the networks' own order."""
    buffer = io.BytesIO()
    named = {
        f"member_{number}_{place}": array
        for number, weights in enumerate(members)
        for place, array in enumerate(weights)
    }
    np.savez(buffer, allow_pickle=False, **named)
    return buffer.getvalue()


def members_from_bytes(content: bytes, num_members: int) -> list[list[np.ndarray]]:
    """Return what ``members_to_bytes`` was given."""
    with np.load(io.BytesIO(content), allow_pickle=False) as stored:
        return _read(stored, num_members, len(stored.files) // num_members)


def load_members(network: keras.Model, content: bytes) -> list[list[np.ndarray]]:
    """Read stored weights that belong to a network that was built from the same spec.

    Raises:
        DataError: they are not weights, or belong to another network.
    """
    shapes = [tuple(weights.shape) for weights in network.weights]
    count = len(shapes)
    try:
        with np.lib.npyio.NpzFile(io.BytesIO(content), allow_pickle=False) as stored:
            num_members = len(stored.files) // count
            if num_members == 0 or len(stored.files) != num_members * count:
                raise ValueError("another number of weights")
            members = _read(stored, num_members, count)
            if any([array.shape for array in weights] != shapes for weights in members):
                raise ValueError("other shapes")
    except (OSError, EOFError, ValueError, KeyError, zipfile.BadZipFile, zlib.error) as error:
        raise DataError("The stored weights do not belong to this model.") from error
    return members


def _read(stored: np.lib.npyio.NpzFile, num_members: int, count: int) -> list[list[np.ndarray]]:
    return [
        [stored[f"member_{number}_{place}"] for place in range(count)]
        for number in range(num_members)
    ]
