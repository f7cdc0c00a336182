"""A level's columns times a table are the table's row of that level."""

from __future__ import annotations

import keras
import numpy as np
import pytest
from keras import ops

from lstm_core.tasks.forecasting.network.categories import choose_width
from lstm_core.tasks.forecasting.network.category_layers import EmbedCategories

pytestmark = pytest.mark.backend

OTHER = -1


def code(levels: list[int], num_levels: int) -> np.ndarray:
    """``(steps,)`` levels as columns, ``(1, steps, levels)``; others are none of them."""
    return (np.array(levels)[:, None] == np.arange(num_levels)).astype("float32")[None]


def fill(layer: EmbedCategories) -> list[np.ndarray]:
    generator = np.random.default_rng(0)
    layer.set_weights([generator.normal(size=table.shape) for table in layer.get_weights()])
    return list(layer.get_weights())


@pytest.mark.parametrize(
    ("num_levels", "width"), [(2, 2), (3, 3), (4, 3), (9, 4), (12, 5), (50, 9), (200, 16)]
)
def test_a_level_has_one_number_more_than_the_root_of_their_count(
    num_levels: int, width: int
) -> None:
    assert choose_width(num_levels) == width


def test_equal_levels_are_looked_up_alike_and_others_are_zero() -> None:
    levels = [3, 0, 3, OTHER]
    target = np.array([[[5.0], [6.0], [7.0], [8.0]]], "float32")
    window = np.concatenate([target, code(levels, 5)], axis=-1)
    layer = EmbedCategories([[1, 2, 3, 4, 5]])
    untouched = ops.convert_to_numpy(layer([window]))
    np.testing.assert_array_equal(untouched[..., 1:], 0)  # tables begin at zero
    (table,) = fill(layer)
    found = ops.convert_to_numpy(layer([window]))
    np.testing.assert_array_equal(found[..., 0], [[5, 6, 7, 8]])
    embedding = keras.layers.Embedding(5, choose_width(5))
    embedding.build()
    embedding.set_weights([table])
    looked_up = ops.convert_to_numpy(embedding(np.array([levels[:3]])))
    np.testing.assert_allclose(found[:, :3, 1:], looked_up, rtol=1e-6)
    np.testing.assert_array_equal(found[0, 3, 1:], 0)


def test_what_is_known_ahead_shares_the_table_of_its_own_category() -> None:
    first, second = code([0, 1], 3), code([2, 0], 3)
    layer = EmbedCategories([[0, 1, 2], [3, 4, 5]], [[0, 1, 2]])
    inputs = [np.concatenate([first, second], axis=-1), code([2, 1], 3)]
    layer(inputs)
    _, table = fill(layer)
    again = EmbedCategories.from_config(layer.get_config())
    again(inputs)
    again.set_weights(layer.get_weights())
    for each in (layer, again):
        window, ahead = map(ops.convert_to_numpy, each(inputs))
        np.testing.assert_allclose(window[0, :, 3:], table[[2, 0]], rtol=1e-6)
        np.testing.assert_allclose(ahead[0], table[[2, 1]], rtol=1e-6)


def test_shares_of_levels_give_the_mean_of_their_rows() -> None:
    layer = EmbedCategories([[0, 1, 2]])
    shares = np.array([[[0.25, 0.75, 0.0]]], "float32")
    layer([shares])
    (table,) = fill(layer)
    found = ops.convert_to_numpy(layer([shares]))[0, 0]
    np.testing.assert_allclose(found, table[0] / 4 + table[1] * 3 / 4, rtol=1e-6)
