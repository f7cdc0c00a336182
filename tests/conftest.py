"""What every test gets: a home of its own, and no stray process after it."""

from __future__ import annotations

import gc
import importlib
import os
import sys
from collections.abc import Iterable, Iterator
from functools import partial
from pathlib import Path

import pytest
from hypothesis import settings

from lstm_core.runs.database import engine as database
from tests.engines import prepare_engines
from tests.processes import end_processes_of
from tests.templates import create_record, list_statements

pytest_plugins = ("tests.gallery", "tests.lasting")

# How long one example takes says more about the machine than about the code.
settings.register_profile("untimed", deadline=None)
settings.load_profile("untimed")

TESTS = Path(__file__).parent

SLOW_SECONDS = 1_800.0
"""After which a slow test is taken to hang, on a machine that has much else to do."""


def pytest_configure() -> None:
    prepare_engines()


def pytest_report_header() -> str:
    return f"keras backend: {os.environ.get('KERAS_BACKEND', 'tensorflow')}"


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    for item in items:
        if item.path.is_relative_to(TESTS / "journeys"):
            item.add_marker(pytest.mark.browser)
        if item.get_closest_marker("slow") and not item.get_closest_marker("timeout"):
            item.add_marker(pytest.mark.timeout(SLOW_SECONDS))
    if os.environ.get("KERAS_BACKEND", "tensorflow") != "tensorflow":
        repeated = set(find_repeated(items))
        config.hook.pytest_deselected(items=[item for item in items if item not in repeated])
        items[:] = [item for item in items if item in repeated]


def find_repeated(items: Iterable[pytest.Item]) -> Iterator[pytest.Item]:
    """Yield what is worth repeating on a second engine: one case of each kind.

    ``pytest.mark.backend`` repeats a test as often as it has cases; ``backend(each=("kind",))``
    once for each value of that parameter, and once where the test has no such parameter. With
    ``among``, only those of its cases whose values of ``each`` are among these. A case that is not
    marked ``slow`` comes before one that is.
    """
    seen: set[tuple[object, ...]] = set()
    for item in sorted(items, key=lambda item: item.get_closest_marker("slow") is not None):
        mark = item.get_closest_marker("backend")
        if mark is None or not isinstance(item, pytest.Function):
            continue
        if "each" in mark.kwargs:
            given = item.callspec.params if hasattr(item, "callspec") else {}
            among = mark.kwargs.get("among")
            chosen = {str(given[name]) for name in mark.kwargs["each"] if name in given}
            if among is not None and not chosen <= set(among):
                continue
            case = (item.path, item.originalname, *(str(given.get(n)) for n in mark.kwargs["each"]))
            if case in seen:
                continue
            seen.add(case)
        yield item


@pytest.fixture(scope="session", autouse=True)
def no_stray_processes(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    yield
    end_processes_of(tmp_path_factory.getbasetemp())


@pytest.fixture(scope="session", autouse=True)
def migrated_once(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """New records of this process are laid out as one migrated record is; the steps take long."""
    statements = list_statements(tmp_path_factory.mktemp("template") / "record.sqlite")
    migrate = database._migrate
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(database, "_migrate", partial(create_record, statements, migrate))
        yield


@pytest.fixture(scope="module", autouse=True)
def frozen_heap() -> None:
    """What stands when a module begins is no garbage any more, and is not looked through again.

    With a training engine loaded, each full collection takes half a second; Streamlit asks for one
    after each run of a script, and whatever makes many objects sets some off.
    """
    gc.collect()
    gc.freeze()


@pytest.fixture(autouse=True)
def studio_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A fresh, empty ``LSTM_STUDIO_HOME``; whatever the machine has set otherwise is hidden."""
    home = tmp_path / "studio-home"
    monkeypatch.setenv("LSTM_STUDIO_HOME", str(home))
    monkeypatch.delenv("LSTM_STUDIO_DATABASE_URL", raising=False)
    monkeypatch.delenv("LSTM_STUDIO_MAX_RUNNING", raising=False)
    monkeypatch.delenv("LSTM_STUDIO_ALLOWED_HOSTS", raising=False)
    monkeypatch.setenv(
        "LSTM_STUDIO_KEEP_WARM", "0"
    )  # no test waits for a spare it does not ask for
    yield home
    _forget_cached_resources()


def _forget_cached_resources() -> None:
    """The pages keep their store and job backend in Streamlit's cache, each for one home."""
    if "streamlit" in sys.modules:
        streamlit = importlib.import_module("streamlit")
        streamlit.cache_resource.clear()
        streamlit.cache_data.clear()
