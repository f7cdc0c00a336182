"""Drafts that a trained network writes from nothing, one bolder than the other."""

from __future__ import annotations

import keras
import numpy as np
import pandas as pd

from lstm_core.tasks.language.encoding import Encoding
from lstm_core.tasks.language.film import count_units
from lstm_core.tasks.language.sampling import Sampling
from lstm_core.tasks.language.writing import Hand, Wish

WRITTEN = "written"
"""The table's name."""

TEMPERATURES = (0.5, 0.8, 1.0)
_CHARACTERS = 600
_SEED = 11


def write_samples(network: keras.Model, encoding: Encoding) -> pd.DataFrame:
    """Return ``temperature``, ``seed`` and ``text``: a draft a row."""
    units, hand = encoding.units, Hand([network])
    rows = []
    for temperature in TEMPERATURES:
        wish = Wish(
            np.empty(0, np.int32),
            count_units(units.kind, _CHARACTERS),
            sampling=Sampling(temperature),
            seed=_SEED,
        )
        numbers = [each.numbers for each in hand.write(wish)]
        text = units.decode(np.concatenate(numbers))
        rows.append({"temperature": temperature, "seed": _SEED, "text": text})
    return pd.DataFrame(rows)
