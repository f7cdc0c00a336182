"""Weights drawn by NumPy, for an engine that would compile the drawing of each shape first.

That takes JAX longer than all layers take to build. TensorFlow draws at once, and by the same seed
what an exported script draws.
"""

from __future__ import annotations

import inspect
import math
from collections.abc import Callable, Mapping
from functools import cache
from typing import Any

import keras
import numpy as np
from keras import ops

from lstm_core.engines.engine import compiles_to_draw
from lstm_core.threads import stay_on_one_thread

_CUT_SPREAD = 0.87962566103423978
"""The standard deviation of a standard normal distribution that is cut at -2 and 2."""

_NAME = "_initializer"


@keras.saving.register_keras_serializable("lstm_studio")
class OnHost(keras.initializers.Initializer):
    """Draws what one of Keras's random initializers describes, from the seed that it was given."""

    def __init__(self, initializer: Any) -> None:
        self.initializer = keras.initializers.get(initializer)

    def __call__(self, shape: Any, dtype: Any = None, **kwargs: Any) -> Any:
        rng = np.random.default_rng(self.initializer.seed)
        for kind, draw in _DRAWS.items():
            if isinstance(self.initializer, kind):
                drawn = draw(rng, self.initializer, tuple(shape))
                return ops.convert_to_tensor(drawn.astype("float32"), dtype=dtype)
        raise TypeError(f"nobody here draws as {type(self.initializer).__name__} does")

    def clone(self) -> OnHost:
        return OnHost(self.initializer.clone())

    def get_config(self) -> dict[str, Any]:
        return {"initializer": keras.initializers.serialize(self.initializer)}


def draw_on_host(given: Any) -> Any:
    """Return an initializer, by Keras's name for it or itself, that draws by NumPy if at all."""
    initializer = keras.initializers.get(given)
    return OnHost(initializer) if isinstance(initializer, tuple(_DRAWS)) else initializer


def choose_initializers(kind: Any, options: Mapping[str, Any]) -> dict[str, Any]:
    """Return those of a layer's or cell's options that are better drawn by NumPy, to be so.

    Args:
        kind: its class. ``options``: the given ones; the others are what it has by itself.
    """
    if not compiles_to_draw():
        return {}
    chosen = ((name, draw_on_host(options.get(name, own))) for name, own in _list_own(kind))
    return {name: initializer for name, initializer in chosen if isinstance(initializer, OnHost)}


@cache
def _list_own(kind: Any) -> tuple[tuple[str, Any], ...]:
    """List the initializers that a class has by itself, those of what it stands upon as well."""
    found: dict[str, Any] = {}
    for each in inspect.getmro(kind) if isinstance(kind, type) else ():
        made_by = vars(each).get("__init__")
        if made_by is None:
            continue
        parameters = inspect.signature(made_by).parameters.values()
        for one in parameters:
            if one.name.endswith(_NAME) and one.default is not one.empty:
                found.setdefault(one.name, one.default)
        if not any(one.kind is one.VAR_KEYWORD for one in parameters):
            break  # it takes no more than it names
    return tuple(found.items())


def _draw_uniform(rng: np.random.Generator, initializer: Any, shape: tuple[int, ...]) -> np.ndarray:
    return rng.uniform(initializer.minval, initializer.maxval, shape)


def _draw_normal(rng: np.random.Generator, initializer: Any, shape: tuple[int, ...]) -> np.ndarray:
    return rng.normal(initializer.mean, initializer.stddev, shape)


def _draw_truncated(
    rng: np.random.Generator, initializer: Any, shape: tuple[int, ...]
) -> np.ndarray:
    """Draw again what lies beyond two standard deviations."""
    drawn = rng.standard_normal(shape)
    while (beyond := np.abs(drawn) > 2).any():
        drawn[beyond] = rng.standard_normal(beyond.sum())
    return initializer.mean + initializer.stddev * drawn


def _draw_scaled(rng: np.random.Generator, initializer: Any, shape: tuple[int, ...]) -> np.ndarray:
    """Draw as wide as suits the units on both sides: Glorot, He and LeCun, by their options."""
    ways_in, ways_out = _count_ways(shape)
    counts = {"fan_in": ways_in, "fan_out": ways_out}
    variance = initializer.scale / max(1.0, counts.get(initializer.mode, (ways_in + ways_out) / 2))
    if initializer.distribution == "uniform":
        return rng.uniform(-math.sqrt(3 * variance), math.sqrt(3 * variance), shape)
    spread = math.sqrt(variance)
    if initializer.distribution == "truncated_normal":
        cut = keras.initializers.TruncatedNormal(stddev=spread / _CUT_SPREAD, seed=0)
        return _draw_truncated(rng, cut, shape)
    return rng.normal(0.0, spread, shape)


def _count_ways(shape: tuple[int, ...]) -> tuple[int, int]:
    """Count what each unit takes from and gives to; before the last two axes stands a kernel's."""
    if len(shape) < 2:
        size = shape[0] if shape else 1
        return size, size
    size = math.prod(shape[:-2])
    return size * shape[-2], size * shape[-1]


def _draw_orthogonal(
    rng: np.random.Generator, initializer: Any, shape: tuple[int, ...]
) -> np.ndarray:
    """Source: Saxe et al., "Exact solutions to the nonlinear dynamics of learning", ICLR 2014."""
    rows, columns = math.prod(shape[:-1]), shape[-1]
    drawn = rng.standard_normal((max(rows, columns), min(rows, columns)))
    with stay_on_one_thread():
        q, r = np.linalg.qr(drawn)
    q *= np.sign(np.diag(r))  # else they would not come evenly from all of them
    return initializer.gain * (q.T if rows < columns else q).reshape(shape)


_Draw = Callable[[np.random.Generator, Any, tuple[int, ...]], np.ndarray]

_DRAWS: Mapping[type, _Draw] = {
    keras.initializers.RandomUniform: _draw_uniform,
    keras.initializers.RandomNormal: _draw_normal,
    keras.initializers.TruncatedNormal: _draw_truncated,
    keras.initializers.VarianceScaling: _draw_scaled,
    keras.initializers.Orthogonal: _draw_orthogonal,
}
