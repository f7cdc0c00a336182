"""Runs that differ by how they learn and are judged."""

from __future__ import annotations

import pytest

from tests.goldens.collection import REWRITE, RUNS
from tests.goldens.test_networks_stay import NETWORKS
from tests.shares import share


@pytest.mark.parametrize("name", share([name for name in RUNS if name not in NETWORKS], ("folds",)))
def test_a_run_is_what_it_was(name: str) -> None:
    different = RUNS[name].find_differences()
    assert not different, "\n".join([*different, REWRITE])
