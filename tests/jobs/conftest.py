from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from lstm_core.runs.stores.store import Store
from tests.runs.records import make_settings


@pytest.fixture
def store(studio_home: Path) -> Iterator[Store]:
    with Store.open(make_settings(studio_home)) as store:
        yield store
