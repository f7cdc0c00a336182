"""``Pen``: a draft as text, while its units come."""

from __future__ import annotations

import numpy as np

from lstm_core.learning.encoding.units import EDGE, Units
from lstm_core.tasks.language.stopping import StopWords

_SETTLED = 32
"""Units whose text is looked at again when another comes; what is older stays as it is."""


class Pen:
    """One draft: what of it may be shown, as units come.

    A stop word may have begun at its end, and a piece may end within a letter: so much is held
    back.

    Attributes:
        is_over: whether it has ended.
    """

    def __init__(self, units: Units, stop: StopWords) -> None:
        self._units = units
        self._stop = stop
        self._longest = max(map(len, stop.words), default=0)
        self._numbers: list[int] = []  # from the last settled one on
        self._settled = ""
        self._num_shown = 0
        self.is_over = False

    def put(self, number: int) -> str:
        """Take a unit, and return what may be shown since the last one."""
        if number == EDGE:
            self.is_over = True
            return ""
        self._numbers.append(number)
        text = self._read()
        begin = max(0, self._num_shown - self._longest)
        end = self._stop.find(text, begin)
        if end is not None:
            self.is_over = True
            return self._show(text, end)
        shown = self._show(text, self._stop.count_safe(text, begin))
        if len(self._numbers) > _SETTLED and self._num_shown == len(text):
            self._settled, self._numbers = text, self._numbers[-1:]
        return shown

    def close(self) -> str:
        """Return what was held back to the end."""
        text = self._read()
        end = self._stop.find(text, max(0, self._num_shown - self._longest))
        return self._show(text, len(text) if end is None else end)

    def _read(self) -> str:
        text = self._units.decode(np.array(self._numbers, np.int32))
        if not self._settled:
            return text
        # The first one is there for how it and the next are spaced, and stands in what is settled.
        first = self._units.decode(np.array(self._numbers[:1], np.int32))
        return self._settled + text[len(first) :]

    def _show(self, text: str, end: int) -> str:
        shown = text[self._num_shown : end]
        self._num_shown = max(self._num_shown, end)
        return shown
