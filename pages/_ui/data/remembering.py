"""What was read, shared by all sessions, keyed by its content, and bounded by its size."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import nullcontext
from functools import wraps
from typing import Any, Generic, ParamSpec, TypeVar

import streamlit as st

from lstm_core.data.memory import BoundedMemory

MOST_BYTES = 256_000_000
"""A larger table is kept alone, until another one is asked for."""

Arguments = ParamSpec("Arguments")
Result = TypeVar("Result")


@st.cache_resource(show_spinner=False)
def get_memory() -> BoundedMemory:
    """Return what all sessions share."""
    return BoundedMemory(MOST_BYTES)


class Remembered(Generic[Arguments, Result]):
    """A function whose results are kept; they are not to be changed."""

    def __init__(self, build: Callable[Arguments, Result], spinner: str) -> None:
        self._build = build
        self._spinner = spinner
        wraps(build)(self)

    def __call__(self, *args: Arguments.args, **options: Arguments.kwargs) -> Result:
        memory, key = get_memory(), self._name(args)
        is_slow = bool(self._spinner) and not memory.holds(key)
        with st.spinner(self._spinner) if is_slow else nullcontext():
            return memory.get(key, lambda: self._build(*args, **options))

    def clear(self, *args: Any) -> None:
        """Forget the result for these arguments."""
        get_memory().forget(self._name(args))

    def _name(self, args: tuple[Any, ...]) -> tuple[str, str, tuple[Any, ...]]:
        return self._build.__module__, self._build.__qualname__, args


def remembered(
    spinner: str = "",
) -> Callable[[Callable[Arguments, Result]], Remembered[Arguments, Result]]:
    """Keep what a function returns by its arguments, given by place and hashable.

    Args:
        spinner: what is said while it is at work; empty: nothing.
    """
    return lambda build: Remembered(build, spinner)
