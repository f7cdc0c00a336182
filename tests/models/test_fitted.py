from __future__ import annotations

import io
import pickle

import keras
import numpy as np
import pytest

from lstm_core.errors import DataError
from lstm_core.models.fitted import load_weights, weights_to_bytes


class Trap:
    """Sets ``sprung`` when somebody unpickles it."""

    sprung = False

    def __reduce__(self) -> tuple[object, tuple[object, ...]]:
        return _spring, ()


def _spring() -> None:
    Trap.sprung = True


def make_network(num_outputs: int = 2) -> keras.Model:
    window = keras.Input((3,))
    return keras.Model(window, keras.layers.Dense(num_outputs)(window))


def make_pickled_weights() -> bytes:
    buffer = io.BytesIO()
    arrays = [np.empty((3, 2), object), np.empty(2, object)]
    for array in arrays:
        array.fill(Trap())
    np.savez(buffer, *arrays)
    return buffer.getvalue()


def make_single_array() -> bytes:
    buffer = io.BytesIO()
    np.save(buffer, np.zeros(3))
    return buffer.getvalue()


def test_weights_come_back() -> None:
    network, other = make_network(), make_network()
    load_weights(other, weights_to_bytes(network))
    for ours, theirs in zip(network.get_weights(), other.get_weights(), strict=True):
        np.testing.assert_array_equal(ours, theirs)


def test_stored_weights_are_plain_arrays() -> None:
    with np.load(io.BytesIO(weights_to_bytes(make_network())), allow_pickle=False) as stored:
        assert stored.files == ["arr_0", "arr_1"]


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"not weights",
        pickle.dumps([1, 2]),
        weights_to_bytes(make_network())[:-40],
        weights_to_bytes(make_network(3)),
        make_single_array(),
        make_pickled_weights(),
    ],
    ids=["empty", "text", "pickle", "cut short", "another network's", "one array", "objects"],
)
def test_anything_else_is_refused_and_leaves_the_network_as_it_was(content: bytes) -> None:
    network = make_network()
    before = network.get_weights()
    with pytest.raises(DataError, match="do not belong to this model"):
        load_weights(network, content)
    for ours, theirs in zip(before, network.get_weights(), strict=True):
        np.testing.assert_array_equal(ours, theirs)
    assert not Trap.sprung


def test_flipped_bytes_are_refused() -> None:
    network = make_network()
    content = bytearray(weights_to_bytes(network))
    place = content.index(network.get_weights()[0].tobytes())
    content[place] ^= 0xFF
    with pytest.raises(DataError, match="do not belong to this model"):
        load_weights(network, bytes(content))


def test_too_many_arrays_are_refused() -> None:
    buffer = io.BytesIO()
    np.savez(buffer, *make_network().get_weights(), np.zeros(1))
    with pytest.raises(DataError):
        load_weights(make_network(), buffer.getvalue())
