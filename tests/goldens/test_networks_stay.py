"""Runs that differ by their network."""

from __future__ import annotations

import pytest

from tests.goldens.collection import REWRITE, RUNS
from tests.shares import share

NETWORKS = ("defaults", "taught", "shops", "stack")


@pytest.mark.parametrize("name", share(NETWORKS, ("defaults", "shops")))
def test_a_run_is_what_it_was(name: str) -> None:
    different = RUNS[name].find_differences()
    assert not different, "\n".join([*different, REWRITE])
