"""How well a network does on made-up series of other seeds than it was trained on."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from lstm_core.tasks.forecasting.pretrained.describing import Description
from lstm_core.tasks.forecasting.pretrained.made_up import RHYTHMS
from lstm_core.tasks.forecasting.pretrained.network import compute_quantiles
from lstm_core.tasks.forecasting.pretrained.packing import Pretrained
from lstm_core.tasks.forecasting.pretrained.quantiles import QUANTILES
from lstm_core.tasks.forecasting.pretrained.training.batches import make_batch

SEED = 2_718_281
_EACH = 256


def measure_loss(
    pretrained: Pretrained,
    hide: Callable[[Description], Description] | None = None,
    count: int = _EACH,
) -> dict[str, float]:
    """The pinball loss by rhythm, on the same series each time.

    Args:
        hide: what was hidden from it while it was trained.
        count: series of each rhythm.
    """
    found = {}
    for number, rhythm in enumerate(RHYTHMS):
        batch = make_batch(np.random.default_rng([SEED, number]), count, rhythm)
        described = hide(batch.description) if hide else batch.description
        said = np.mean([compute_quantiles(one, described) for one in pretrained.members], 0)
        error = batch.actual[..., None] - said
        levels = np.array(QUANTILES)
        pinball = np.maximum(levels * error, (levels - 1) * error).mean(-1)
        found[rhythm.name] = float((pinball * batch.importance).mean())
    return found
