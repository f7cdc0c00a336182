"""A trained network on disk: what it was built from, and its weights. Nothing pickled."""

from __future__ import annotations

import io
import zipfile
import zlib
from typing import TYPE_CHECKING

import numpy as np

from lstm_core.errors import DataError

if TYPE_CHECKING:
    import keras


def weights_to_bytes(network: keras.Model) -> bytes:
    """Return the weights as one ``.npz``, in the network's own order."""
    buffer = io.BytesIO()
    np.savez(buffer, *network.get_weights(), allow_pickle=False)
    return buffer.getvalue()


def load_weights(network: keras.Model, content: bytes) -> None:
    """Put stored weights into a network that was built from the same spec.

    Raises:
        DataError: they are not weights, or belong to another network.
    """
    try:
        with np.lib.npyio.NpzFile(io.BytesIO(content), allow_pickle=False) as stored:
            weights = [stored[f"arr_{number}"] for number in range(len(stored.files))]
        network.set_weights(weights)
    except (OSError, EOFError, ValueError, KeyError, zipfile.BadZipFile, zlib.error) as error:
        raise DataError("The stored weights do not belong to this model.") from error
