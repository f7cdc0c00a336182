"""``Memo``: what has been made of some content lies ready when it is asked for again."""

from __future__ import annotations

import hashlib
import pickle
import threading
from collections import OrderedDict
from collections.abc import Callable
from typing import Generic, ParamSpec, TypeVar

P = ParamSpec("P")
T = TypeVar("T")


class Memo(Generic[T]):
    """What was made last, whoever asked; several threads may.

    Args:
        most_kept: of more, what nobody has asked for longest is let go of.
    """

    def __init__(self, most_kept: int) -> None:
        self._most_kept = most_kept
        self._kept: OrderedDict[bytes, T] = OrderedDict()
        self._lock = threading.Lock()

    def recall(self, make: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Return what ``make`` makes of these arguments; not to be changed, others are given it.

        The arguments are told apart by their content, all of it: tables, arrays, records.

        Args:
            make: a function of a module, known by its name.
        """
        place = _digest(make, args, kwargs)
        with self._lock:
            if place in self._kept:
                self._kept.move_to_end(place)
                return self._kept[place]
        made = make(*args, **kwargs)
        with self._lock:
            self._kept[place] = made
            while len(self._kept) > self._most_kept:
                self._kept.popitem(last=False)
        return made


def _digest(make: Callable[..., object], args: object, kwargs: object) -> bytes:
    # Written only to be told apart; nothing is ever read back from it.
    content = pickle.dumps((make.__module__, make.__qualname__, args, kwargs))
    return hashlib.sha256(content).digest()
