"""One way from a ``SeriesDataSpec`` to its table, for the page and the command line alike."""

from __future__ import annotations

from pathlib import Path

from lstm_core.data.reading.read import read_table
from lstm_core.data.reading.table import SourceTable
from lstm_core.data.sources.samples import load_sample
from lstm_core.data.sources.yahoo import fetch_prices
from lstm_core.errors import DataError
from lstm_core.spec import SeriesDataSpec


def load_table(
    spec: SeriesDataSpec,
    content: bytes | None = None,
    *,
    cache_folder: Path | None = None,
    old_copies: bool = True,
) -> SourceTable:
    """Return the table that ``spec.source`` and ``spec.name`` speak of.

    Args:
        spec: only its source, name and reading plan are looked at.
        content: the bytes of the file; needed for the source ``csv`` only.
        cache_folder: where answers of Yahoo are kept.
        old_copies: whether an old one does where Yahoo fails.

    Raises:
        DataError: the file can't be read as a table, or there is none.
        SpecError: an unknown sample, or a ticker that is not well-formed.
        SourceError: Yahoo refused or could not be reached.
    """
    if spec.source == "sample":
        return load_sample(spec.name)
    if spec.source == "yahoo":
        return fetch_prices(spec.name, cache_folder=cache_folder, old_copies=old_copies)
    if content is None:
        raise DataError(
            f'The spec names the file "{spec.name}" but not its content.',
            "Upload the file, or give its path on the command line.",
        )
    return read_table(content, spec.name, spec.reading)
