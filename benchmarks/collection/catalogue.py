"""All series of the collection, as far as their data are there."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

from benchmarks.collection import generated, packaged
from benchmarks.collection.installed import list_installed
from benchmarks.collection.public import SOURCES
from benchmarks.collection.series import Series


def list_series(folder: Path | None) -> list[Series]:
    """List every series whose data are there, few rows first; say which data are missing.

    Args:
        folder: of public data.
    """
    found = [series for listed in _list_sources(folder) for series in listed]
    return sorted(found, key=lambda series: series.group)


def _list_sources(folder: Path | None) -> Iterator[list[Series]]:
    yield from (list(list_installed()), list(generated.list_few()), list(generated.list_many()))
    for package, listed in zip(
        packaged.PACKAGES,
        (packaged.list_pmdarima, packaged.list_vega, packaged.list_bokeh),
        strict=True,
    ):
        yield _list_if_there(package, listed)
    for name, read in SOURCES.items():
        if folder is not None:
            yield _list_if_there(name, partial(read, folder))


def _list_if_there(name: str, listed: Callable[[], Iterator[Series]]) -> list[Series]:
    try:
        return list(listed())
    except FileNotFoundError as error:
        print(f"Left out, what comes of {name}: {error}", file=sys.stderr)
        return []
