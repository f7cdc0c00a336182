"""Weights as a file of arrays without pickle, and read again."""

from __future__ import annotations

import io
import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from lstm_core.errors import DataError
from lstm_core.tasks.forecasting.pretrained.describing import DESCRIPTION
from lstm_core.tasks.forecasting.pretrained.network import Weights


@dataclass(frozen=True)
class Pretrained:
    """Networks whose answers are averaged, and what is known of their training.

    Attributes:
        members: the weights of each, float32, by ``layer/part``.
        version, sha256: which they are; empty for weights that did not ship.
        about: seeds, batches, and whatever else the training wrote down.
    """

    members: tuple[Weights, ...]
    version: str = ""
    sha256: str = ""
    about: dict[str, Any] | None = None


def pack(members: Sequence[Weights], about: dict[str, Any], precision: type = np.float16) -> bytes:
    """Write weights as the bytes of an npz.

    Args:
        precision: half, where nothing else is said: their noise is far above that.
    """
    arrays: dict[str, np.ndarray] = {
        f"{number}/{name}": np.asarray(value, precision)
        for number, member in enumerate(members)
        for name, value in member.items()
    }
    note = json.dumps({"description": DESCRIPTION, **about}, sort_keys=True)
    out = io.BytesIO()
    np.savez_compressed(out, about=np.array(note), **arrays)  # type: ignore[arg-type]
    return out.getvalue()


def unpack(content: bytes) -> tuple[tuple[Weights, ...], dict[str, Any]]:
    """Read what ``pack`` wrote.

    Raises:
        DataError: they were trained on another description of series.
    """
    members: dict[str, dict[str, np.ndarray]] = {}
    with np.load(io.BytesIO(content), allow_pickle=False) as stored:
        about = json.loads(str(stored["about"]))
        for name in stored.files:
            number, _, part = name.partition("/")
            if part:
                members.setdefault(number, {})[part] = stored[name].astype(np.float32)
    if about["description"] != DESCRIPTION:
        raise DataError(
            "These weights were trained on another description of series.",
            "Train them anew, or use the version of the app that they came with.",
        )
    return tuple(members.values()), about
