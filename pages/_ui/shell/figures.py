"""Figures are drawn once for what they show: a page that is shown again has them at hand."""

from __future__ import annotations

import hashlib
import pickle
import threading
from collections import OrderedDict
from collections.abc import Callable
from typing import ParamSpec

import plotly.graph_objects as go

_MOST_KEPT = 128

P = ParamSpec("P")


class Album:
    """The figures that were asked for last, whoever asked; several threads may.

    Args:
        most_kept: of more, those that nobody has asked for longest are let go of.
    """

    def __init__(self, most_kept: int = _MOST_KEPT) -> None:
        self._most_kept = most_kept
        self._figures: OrderedDict[bytes, go.Figure] = OrderedDict()
        self._lock = threading.Lock()

    def recall(self, draw: Callable[P, go.Figure], *args: P.args, **kwargs: P.kwargs) -> go.Figure:
        """Return what ``draw`` makes of these arguments; not to be changed, others are shown it.

        The arguments are told apart by their content, all of it: tables, arrays, records.
        """
        place = _digest(draw, args, kwargs)
        with self._lock:
            figure = self._figures.get(place)
            if figure is not None:
                self._figures.move_to_end(place)
        if figure is None:
            figure = draw(*args, **kwargs)
            with self._lock:
                self._figures[place] = figure
                while len(self._figures) > self._most_kept:
                    self._figures.popitem(last=False)
        return figure


def _digest(draw: Callable[..., go.Figure], args: object, kwargs: object) -> bytes:
    # Written only to be told apart; nothing is ever read back from it.
    content = pickle.dumps((draw.__module__, draw.__qualname__, args, kwargs))
    return hashlib.sha256(content).digest()


recall_figure = Album().recall
"""Of the album of this server."""
