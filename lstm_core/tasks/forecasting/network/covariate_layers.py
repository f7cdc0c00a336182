"""Columns that are read or hidden: covariates, and what of the calendar is tried."""

from __future__ import annotations

from typing import Any

import keras
import numpy as np

from lstm_core.tasks.forecasting.network.covariates import list_masks

_READ = {
    "all": "all covariates",
    "known_ahead": "those covariates alone that are known ahead",
    "none": "no covariates",
}


_CALENDAR = {"all": "the calendar as well", "none": "nothing more of the calendar"}


@keras.saving.register_keras_serializable("lstm_studio")
class ReadCovariates(keras.layers.Layer):
    """Hide covariates of the table: where one is hidden, each step says 0, its mean.

    Which of them is a weight that is not trained, so that another kind needs no new compilation.

    Input ``[window]``, ``(batch, lookback, features)``, or ``[window, future]`` where something is
    known ahead, ``(batch, horizon, covariates)``, the last columns of a window. Output likewise,
    without brackets where it is one.

    Args:
        columns: of covariates, in the window; ``ahead``: in what is known ahead.
        kind: ``all``, ``known_ahead`` or ``none``.
    """

    def __init__(self, columns: Any, ahead: Any, kind: str, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.columns = tuple(columns)
        self.ahead = tuple(ahead)
        self.kind = kind

    def build(self, input_shape: Any) -> None:
        self.widths = [shape[-1] for shape in input_shape]
        self.masks = [
            self.add_weight(
                shape=(width,),
                initializer=lambda *_, mask=mask, **__: mask,
                trainable=False,
                name=f"mask_{number}",
            )
            for number, (width, mask) in enumerate(
                zip(self.widths, self._list_masks(self.kind), strict=True)
            )
        ]

    def choose(self, kind: str) -> None:
        """Read others from now on."""
        self.kind = kind
        for weight, mask in zip(self.masks, self._list_masks(kind), strict=True):
            weight.assign(mask)

    def say(self, kind: str) -> str:
        """Say for people what is read."""
        return _READ[kind]

    def _list_masks(self, kind: str) -> list[np.ndarray]:
        return list_masks(kind, self.widths, self.columns, self.ahead)

    def call(self, inputs: list[Any]) -> Any:
        read = [steps * mask for steps, mask in zip(inputs, self.masks, strict=True)]
        return read[0] if len(read) == 1 else tuple(read)

    def get_config(self) -> dict[str, Any]:
        own = {"columns": self.columns, "ahead": self.ahead, "kind": self.kind}
        return {**super().get_config(), **own}


@keras.saving.register_keras_serializable("lstm_studio")
class ReadCalendar(ReadCovariates):
    """The same, of what is tried of the calendar; ``kind`` is ``all`` or ``none``."""

    def say(self, kind: str) -> str:
        return _CALENDAR[kind]
