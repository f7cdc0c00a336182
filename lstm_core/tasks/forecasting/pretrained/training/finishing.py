"""From checkpoints to the file that ships."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from lstm_core.tasks.forecasting.pretrained.keras_network import Sizes, build_network, list_weights
from lstm_core.tasks.forecasting.pretrained.network import Weights
from lstm_core.tasks.forecasting.pretrained.packing import pack
from lstm_core.tasks.forecasting.pretrained.training.checkpoints import (
    find_checkpoint,
    load_checkpoint,
)


def pack_trainings(folders: Sequence[Path], sizes: Sizes | None = None) -> bytes:
    """The bytes of the file that ships: a member from each training, its averaged weights.

    Args:
        sizes: that the trainings were made with.
    """
    names = list_weights(build_network(sizes or Sizes()))
    members: list[Weights] = []
    trainings: list[dict[str, Any]] = []
    for folder in folders:
        progress, arrays = load_checkpoint(find_checkpoint(folder))
        members.append(dict(zip(names, arrays["average"], strict=True)))
        trainings.append(
            {"batches": progress.batches, "seconds": round(progress.seconds), "seed": progress.seed}
        )
    return pack(members, {"trainings": trainings})
