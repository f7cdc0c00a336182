"""``Speaker``: turns texts into others with one or several networks, many at a time."""

from __future__ import annotations

from collections.abc import Sequence

import keras

from lstm_core.learning.feeds.pairs import PairShape
from lstm_core.spec import ExperimentSpec
from lstm_core.tasks.translation.network.building import halve_network
from lstm_core.tasks.translation.searching.voice import Voice


class Speaker(Voice):
    """A voice of networks as ``network.building`` makes them; see ``Voice``."""

    def __init__(
        self, networks: Sequence[keras.Model], shape: PairShape, spec: ExperimentSpec
    ) -> None:
        super().__init__(
            [halve_network(each, shape, spec, place) for place, each in enumerate(networks)]
        )
