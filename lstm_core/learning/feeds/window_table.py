"""``WindowTable``: the flat table that windows are gathered from, on the device."""

from __future__ import annotations

from typing import Any

import keras
import numpy as np
from keras import ops

from lstm_core.learning.feeds.carried_state import CarriedState, list_states
from lstm_core.learning.feeds.ordered_table import OrderedTable
from lstm_core.learning.feeds.streams import find_streams
from lstm_core.learning.feeds.windows import EARLIER, TAUGHT, WindowFeed
from lstm_core.learning.ordering import Streamer


class WindowTable(OrderedTable):
    """Past, future and series of every row; places are cutoffs.

    Nothing grows with the lookback: a batch gathers its windows, and the loss gathers the actual
    values. Where a network's state goes on from window to window, the table carries it.
    """

    def __init__(
        self, network: keras.Model, feed: WindowFeed, batch_size: int, num_slots: int
    ) -> None:
        """Hold a feed's rows.

        Args:
            batch_size: the most windows of a batch. ``num_slots``: the most of an epoch.
        """
        super().__init__("windows", num_slots)
        self.shape = feed.shape
        self.row_series = feed.series
        self.is_taught = any(tensor.name == TAUGHT for tensor in network.inputs)
        self.past = self.hold(feed.past, "past")
        self.future = self.hold(feed.future, "future") if self.shape.num_future else None
        self.earlier = self.hold(feed.earlier, EARLIER) if self.shape.has_earlier else None
        self.series = (
            self.hold(feed.series, "series", "int32") if self.shape.num_series > 1 else None
        )
        self.carried = (
            CarriedState(network, feed.series, self.shape.lookback, batch_size, num_slots)
            if list_states(network)
            else None
        )
        everything_counts = bool(feed.weight.all())
        self.row_weight = None if everything_counts else self.hold(feed.weight, "weight")

    def load(self, feed: WindowFeed) -> None:
        self.replace(self.past, feed.past)
        self.row_series = feed.series
        if self.series is not None:
            self.replace(self.series, feed.series)
        if self.future is not None:
            self.replace(self.future, feed.future)
        if self.earlier is not None:
            self.replace(self.earlier, feed.earlier)

    def set_order(self, places: np.ndarray, begins: np.ndarray | None = None) -> None:
        """Set the places of the next epoch, ``(n,)``, as they are to be learnt from.

        Args:
            begins: which of them begin with a state of zero, where one is carried; none: all.
        """
        super().set_order(places)
        if self.carried is not None:
            self.carried.set_begins(np.ones(len(places), bool) if begins is None else begins)

    def draw_order(
        self, places: np.ndarray, num_batches: int, batch_size: int, seed: int
    ) -> keras.callbacks.Callback:
        if self.carried is None:
            return super().draw_order(places, num_batches, batch_size, seed)
        streams = find_streams(places, self.row_series, self.shape.lookback)
        return Streamer(self, streams, num_batches, batch_size, seed)

    def run(self, network: keras.Model, given: Any, training: bool) -> Any:
        if self.carried is None:
            return super().run(network, given, training)
        places = self.find_places(given, training)
        inputs = self._list_inputs(network, places, training)
        if training:
            states = self.carried.take(ops.cast(given, "int32"))
        else:
            states = self.carried.warm_up(
                places, lambda cutoffs, states: self._read(network, cutoffs, states)
            )
        prediction, *ends = network([*inputs, *states], training=training)
        if training:
            self.carried.keep(ends)
        return prediction

    def _read(self, network: keras.Model, cutoffs: Any, states: list[Any]) -> list[Any]:
        """Return the state at the end of windows that begin with another."""
        inputs = self._list_inputs(network, cutoffs, training=False)
        ends: list[Any] = network([*inputs, *states], training=False)[1:]
        return ends

    def _list_inputs(self, network: keras.Model, places: Any, training: bool) -> list[Any]:
        """Return the inputs that are no state, in the network's order."""
        found = self.gather(places, training)
        return [found[given.name] for given in network.inputs if given.name in found]

    def gather(self, places: Any, training: bool) -> dict[str, Any]:
        back = ops.expand_dims(places, -1) + ops.arange(1 - self.shape.lookback, 1)
        found = {"past": ops.take(self.past, back, axis=0)}  # (batch, lookback, num_past)
        if self.future is not None:
            found["future"] = ops.take(self.future, self._rows_ahead(places), axis=0)
        if self.earlier is not None:
            found[EARLIER] = self._tell_earlier(places)
        if self.series is not None:
            found["series"] = ops.take(self.series, places, axis=0)
        if self.is_taught:
            found[TAUGHT] = self._teach(places, training)
        return found

    def look_ahead(self, places: Any) -> tuple[Any, Any]:
        """Return the actual values behind each cutoff, and what of them counts.

        Returns:
            ``(batch, horizon, targets)`` scaled; and the same, 0 where a value was filled, or
            None where all count.
        """
        rows = self._rows_ahead(places)
        actual = ops.take(self.past, rows, axis=0)[:, :, : self.shape.num_targets]
        weight = None if self.row_weight is None else ops.take(self.row_weight, rows, axis=0)
        return actual, weight

    def _tell_earlier(self, places: Any) -> Any:
        """As ``earlier.join_earlier`` does it, on the device."""
        count = self.shape.num_targets
        ahead = ops.take(self.earlier, self._rows_ahead(places), axis=0)
        last = ops.take(self.earlier, ops.expand_dims(places, -1), axis=0)
        moved = ahead[:, :, count : 2 * count] + last[:, :, 2 * count :]
        return ops.concatenate([ahead[:, :, :count], moved], axis=-1)

    def _teach(self, places: Any, training: bool) -> Any:
        """The actual values ahead, ``(batch, horizon, targets)``; zeros unless in training."""
        if not training:
            size = (ops.shape(places)[0], self.shape.horizon, self.shape.num_targets)
            return ops.zeros(size)
        ahead = ops.take(self.past, self._rows_ahead(places), axis=0)
        return ahead[:, :, : self.shape.num_targets]

    def _rows_ahead(self, places: Any) -> Any:
        return ops.expand_dims(places, -1) + ops.arange(1, self.shape.horizon + 1)
