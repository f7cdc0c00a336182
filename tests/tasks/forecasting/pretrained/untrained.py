"""Networks of the right shapes with weights by chance, for what needs no training."""

from __future__ import annotations

import numpy as np

from lstm_core.tasks.forecasting.pretrained.describing import NUM_INPUTS, NUM_QUERIES, NUM_TRIED
from lstm_core.tasks.forecasting.pretrained.network import Weights
from lstm_core.tasks.forecasting.pretrained.packing import Pretrained
from lstm_core.tasks.forecasting.pretrained.quantiles import QUANTILES
from lstm_core.tasks.forecasting.pretrained.rules.candidates import RULES

UNITS, WIDTH = 5, 7


def make_untrained(num_members: int = 1, seed: int = 0) -> Pretrained:
    rng = np.random.default_rng(seed)
    return Pretrained(tuple(make_weights(rng) for _ in range(num_members)), "untrained")


def make_weights(rng: np.random.Generator) -> Weights:
    shapes = {
        "lstm0/kernel": (NUM_INPUTS, 4 * UNITS),
        "lstm0/recurrent": (UNITS, 4 * UNITS),
        "lstm0/bias": (4 * UNITS,),
        "lstm1/kernel": (UNITS + NUM_INPUTS, 4 * UNITS),
        "lstm1/recurrent": (UNITS, 4 * UNITS),
        "lstm1/bias": (4 * UNITS,),
        "state/kernel": (2 * UNITS + NUM_TRIED, WIDTH),
        "state/bias": (WIDTH,),
        "query/kernel": (NUM_QUERIES, WIDTH),
        "deep/kernel": (WIDTH, WIDTH),
        "deep/bias": (WIDTH,),
        "rules/kernel": (WIDTH, len(RULES)),
        "rules/bias": (len(RULES),),
        "shape/kernel": (WIDTH, len(QUANTILES)),
        "shape/bias": (len(QUANTILES),),
    }
    return {
        name: (rng.normal(size=shape) / np.sqrt(shape[0])).astype(np.float32)
        for name, shape in shapes.items()
    }
