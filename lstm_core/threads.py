"""Many small products of matrices are quickest on one thread, on a busy machine tenfold."""

from __future__ import annotations

from contextlib import AbstractContextManager
from functools import lru_cache
from typing import Any

from threadpoolctl import ThreadpoolController


def stay_on_one_thread() -> AbstractContextManager[Any]:
    """Keep NumPy's linear algebra on one thread for a while."""
    context: AbstractContextManager[Any] = _find_libraries().limit(limits=1, user_api="blas")
    return context


@lru_cache(maxsize=1)
def _find_libraries() -> ThreadpoolController:
    """Looking for them takes milliseconds; NumPy has loaded its own by now."""
    return ThreadpoolController()
