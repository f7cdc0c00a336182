"""Categories looked up in tables of their own."""

from __future__ import annotations

from typing import Any

import keras
from keras import ops

from lstm_core.tasks.forecasting.network.categories import choose_width


@keras.saving.register_keras_serializable("lstm_studio")
class EmbedCategories(keras.layers.Layer):
    """Put what was learnt of a level in place of the columns that say which level it is.

    The columns of one category hold 1 for the level that a row has and 0 for all others. Their
    product with a table is the table's row of that level: a look-up as ``keras.layers.Embedding``
    makes it. Other levels than these, and steps whose level is unknown, are 0 throughout and give
    zeros. Where rows were put together, shares of levels give the mean of their rows. Tables begin
    at zero, so that a level that is never seen in training stays like all others. Source: Guo and
    Berkhahn, "Entity Embeddings of Categorical Variables", 2016.

    Input ``[window]``, ``(batch, lookback, features)``, or ``[window, future]`` where categories
    are known ahead, ``(batch, horizon, covariates)``. Output likewise, without brackets where it
    is one: the columns of no category in their order, then each category's numbers.

    Args:
        columns: of each category, in the window.
        ahead: of the last of these categories, in what is known ahead: they share their tables.
    """

    def __init__(self, columns: Any, ahead: Any = (), **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.columns = tuple(tuple(group) for group in columns)
        self.ahead = tuple(tuple(group) for group in ahead)

    def build(self, input_shape: Any) -> None:
        self.tables = [
            self.add_weight(
                shape=(len(group), choose_width(len(group))),
                initializer="zeros",
                name=f"category_{number}",
            )
            for number, group in enumerate(self.columns)
        ]

    def call(self, inputs: list[Any]) -> Any:
        window = self._look_up(inputs[0], self.columns, self.tables)
        if not self.ahead:
            return window
        shared = self.tables[len(self.tables) - len(self.ahead) :]
        return window, self._look_up(inputs[1], self.ahead, shared)

    def _look_up(self, steps: Any, groups: Any, tables: Any) -> Any:
        levels = {column for group in groups for column in group}
        rest = [column for column in range(steps.shape[-1]) if column not in levels]
        pieces = [ops.take(steps, rest, axis=-1)] if rest else []
        for group, table in zip(groups, tables, strict=True):
            pieces.append(ops.matmul(ops.take(steps, list(group), axis=-1), table))
        return ops.concatenate(pieces, axis=-1)

    def get_config(self) -> dict[str, Any]:
        return {**super().get_config(), "columns": self.columns, "ahead": self.ahead}
