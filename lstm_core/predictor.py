"""A trained model, reopened: whatever its task, by what was kept of its run."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from lstm_core.errors import DataError
from lstm_core.spec import parse_spec
from lstm_core.tasks.base import Predictor
from lstm_core.tasks.registry import find_kind, load_engine

MODEL_FORMAT = 2


def open_predictor(model: Mapping[str, Any], weights: bytes) -> Predictor:
    """Reopen a model; loads the training engine.

    Args:
        model, weights: the artifacts ``model.json`` and ``weights.npz`` of a run.

    Raises:
        DataError: the model was kept by an older version, or the weights are another's.
    """
    if model.get("format") != MODEL_FORMAT:
        raise DataError(
            "This run was trained by an older version, whose models can't be used any more.",
            "Train it again: its settings are kept.",
        )
    return load_engine(find_kind(parse_spec(model["spec"]))).open_predictor(model, weights)
