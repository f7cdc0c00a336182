"""Which of many cases `make test` tries; `make test-slow` tries all of them."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Any

import pytest


def share(cases: Iterable[Any], quick: Collection[Any]) -> list[Any]:
    """Return the cases, those that are not among the quick ones marked ``slow``."""
    return [case if case in quick else pytest.param(case, marks=pytest.mark.slow) for case in cases]
