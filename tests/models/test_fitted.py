from __future__ import annotations

import io
import pickle

import keras
import numpy as np
import pytest

from lstm_core.errors import DataError
from lstm_core.models.fitted import load_members, members_to_bytes

pytestmark = pytest.mark.backend


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
    np.savez(buffer, member_0_0=arrays[0], member_0_1=arrays[1])
    return buffer.getvalue()


def make_single_array() -> bytes:
    buffer = io.BytesIO()
    np.save(buffer, np.zeros(3))
    return buffer.getvalue()


def make_members(num_outputs: int = 2, count: int = 1) -> list[list[np.ndarray]]:
    return [make_network(num_outputs).get_weights() for _ in range(count)]


@pytest.mark.parametrize("count", [1, 3])
def test_members_come_back_in_order(count: int) -> None:
    members = make_members(count=count)
    again = load_members(make_network(), members_to_bytes(members))
    assert len(again) == count
    for ours, theirs in zip(members, again, strict=True):
        for one, other in zip(ours, theirs, strict=True):
            np.testing.assert_array_equal(one, other)


def test_stored_weights_are_plain_arrays() -> None:
    with np.load(io.BytesIO(members_to_bytes(make_members())), allow_pickle=False) as stored:
        assert stored.files == ["member_0_0", "member_0_1"]


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"not weights",
        pickle.dumps([1, 2]),
        members_to_bytes(make_members())[:-40],
        members_to_bytes(make_members(3)),
        members_to_bytes([]),
        make_single_array(),
        make_pickled_weights(),
    ],
    ids=[
        "empty",
        "text",
        "pickle",
        "cut short",
        "another network's",
        "no member",
        "one array",
        "objects",
    ],
)
def test_anything_else_is_refused(content: bytes) -> None:
    with pytest.raises(DataError, match="do not belong to this model"):
        load_members(make_network(), content)
    assert not Trap.sprung


def test_flipped_bytes_are_refused() -> None:
    network = make_network()
    content = bytearray(members_to_bytes([network.get_weights()]))
    place = content.index(network.get_weights()[0].tobytes())
    content[place] ^= 0xFF
    with pytest.raises(DataError, match="do not belong to this model"):
        load_members(network, bytes(content))


def test_too_many_arrays_are_refused() -> None:
    buffer = io.BytesIO()
    np.savez(buffer, *make_network().get_weights(), np.zeros(1))
    with pytest.raises(DataError):
        load_members(make_network(), buffer.getvalue())
