from __future__ import annotations

import random
from typing import Any

import keras
import numpy as np
import pytest
from keras import ops

from lstm_core.models import drawing
from lstm_core.models.building import make
from lstm_core.models.drawing import OnHost, draw_on_host
from lstm_core.spec.layers.steps import Call

pytestmark = pytest.mark.backend

SHAPE = (60, 240)
INITIALIZERS = [
    keras.initializers.RandomUniform(-0.3, 0.2, seed=1),
    keras.initializers.RandomNormal(0.4, 0.2, seed=1),
    keras.initializers.TruncatedNormal(0.1, 0.3, seed=1),
    keras.initializers.GlorotUniform(seed=1),
    keras.initializers.HeNormal(seed=1),
    keras.initializers.LecunUniform(seed=1),
    keras.initializers.Orthogonal(gain=1.5, seed=1),
]


def draw(initializer: Any, shape: tuple[int, ...] = SHAPE) -> np.ndarray:
    return np.asarray(ops.convert_to_numpy(initializer(shape)))


@pytest.mark.parametrize("initializer", INITIALIZERS, ids=lambda each: type(each).__name__)
def test_values_are_spread_as_keras_spreads_them(initializer: Any) -> None:
    theirs, ours = draw(initializer), draw(draw_on_host(initializer))
    assert ours.dtype == theirs.dtype
    assert not np.array_equal(ours, theirs)
    shares = np.linspace(0.0, 1.0, 21)
    spread = np.std(theirs)
    np.testing.assert_allclose(
        np.quantile(ours, shares)[1:-1], np.quantile(theirs, shares)[1:-1], atol=0.06 * spread
    )
    assert np.abs(ours).max() == pytest.approx(np.abs(theirs).max(), rel=0.3)


@pytest.mark.parametrize("shape", [(5, 3, 8), (3, 3, 4, 6), (7,)])
def test_a_kernel_takes_from_all_that_lies_under_it(shape: tuple[int, ...]) -> None:
    initializer = keras.initializers.GlorotUniform(seed=1)
    many = [draw(draw_on_host(keras.initializers.GlorotUniform(seed=n)), shape) for n in range(40)]
    theirs = [draw(keras.initializers.GlorotUniform(seed=n), shape) for n in range(40)]
    assert np.max(many) == pytest.approx(np.max(theirs), rel=0.1)
    assert draw(draw_on_host(initializer), shape).shape == shape


def test_orthogonal_rows_stay_so() -> None:
    drawn = draw(draw_on_host("orthogonal"), (8, 32))
    np.testing.assert_allclose(drawn @ drawn.T, np.eye(8), atol=1e-5)


def test_the_same_seed_draws_the_same_and_a_copy_draws_anew() -> None:
    initializer = draw_on_host("glorot_uniform")
    assert np.array_equal(draw(initializer), draw(initializer))
    assert not np.array_equal(draw(initializer), draw(initializer.clone()))
    again = keras.initializers.deserialize(keras.initializers.serialize(draw_on_host("he_normal")))
    assert isinstance(again, OnHost)
    assert isinstance(again.initializer, keras.initializers.HeNormal)


def test_what_draws_nothing_stays_as_it_is() -> None:
    assert isinstance(draw_on_host("zeros"), keras.initializers.Zeros)


@pytest.mark.parametrize(
    ("call", "names"),
    [
        (Call("keras.layers.Dense", (3,)), ["kernel_initializer"]),
        (Call("keras.layers.LSTM", (3,)), ["kernel_initializer", "recurrent_initializer"]),
        (Call("keras.layers.GRUCell", (3,)), ["kernel_initializer", "recurrent_initializer"]),
        (Call("SLSTMCell", (3,)), ["kernel_initializer", "recurrent_initializer"]),
        (Call("keras.layers.Conv1D", (3, 2)), ["kernel_initializer"]),
        (Call("keras.layers.Embedding", (3, 2)), ["embeddings_initializer"]),
    ],
    ids=lambda given: given.name if isinstance(given, Call) else "",
)
def test_every_layer_draws_so_where_an_engine_compiles(
    call: Call, names: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(drawing, "compiles_to_draw", lambda: True)
    layer = make(call)
    for name in names:
        assert isinstance(getattr(getattr(layer, "cell", layer), name), OnHost)


def test_elsewhere_a_script_s_own_draws_are_wanted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(drawing, "compiles_to_draw", lambda: False)
    layer = make(Call("keras.layers.Dense", (3,)))
    assert isinstance(layer.kernel_initializer, keras.initializers.GlorotUniform)


def test_a_layer_keeps_what_it_was_told_to_begin_with() -> None:
    layer = make(Call("keras.layers.Dense", (3,), {"kernel_initializer": "zeros"}))
    assert isinstance(layer.kernel_initializer, keras.initializers.Zeros)


def test_the_seed_of_python_decides() -> None:
    drawn = []
    for _ in range(2):
        random.seed(7)
        layer = make(Call("keras.layers.LSTM", (3,)))
        layer.build((None, 4, 2))
        drawn.append(layer.get_weights())
    for first, second in zip(*drawn, strict=True):
        np.testing.assert_array_equal(first, second)
