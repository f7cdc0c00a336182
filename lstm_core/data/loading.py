"""One way from a ``SeriesDataSpec`` to its table, for the page and the command line alike."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from lstm_core.data.reading.read import read_table
from lstm_core.data.reading.table import SourceTable
from lstm_core.data.sources.online.copies import Copy
from lstm_core.data.sources.online.fetching import Answers, ask_source, fetch_table, find_copies
from lstm_core.data.sources.online.registry import ONLINE_SOURCES
from lstm_core.data.sources.samples import load_sample
from lstm_core.errors import DataError
from lstm_core.spec import SeriesDataSpec


def load_table(
    spec: SeriesDataSpec,
    content: bytes | None = None,
    *,
    cache_folder: Path | None = None,
) -> SourceTable:
    """Return the table that ``spec.source`` and ``spec.name`` speak of.

    Args:
        spec: only its source, its name and how it is read or downloaded are looked at.
        content: the bytes of the file; needed for the source ``csv`` only.
        cache_folder: where answers of Yahoo and FRED are kept; an old one does where they fail.

    Raises:
        DataError: the file can't be read as a table, or there is none.
        SpecError: an unknown sample, or a name or download that is not well-formed.
        SourceError: Yahoo or FRED refused or could not be reached.
    """
    if spec.source == "sample":
        return load_sample(spec.name)
    if spec.source in ONLINE_SOURCES:
        return fetch_table(
            ONLINE_SOURCES[spec.source], spec.name, spec.download, cache_folder=cache_folder
        )
    if content is None:
        raise DataError(
            f'The spec names the file "{spec.name}" but not its content.',
            "Upload the file, or give its path on the command line.",
        )
    return read_table(content, spec.name, spec.reading)


def ask_online(
    spec: SeriesDataSpec, *, cache_folder: Path | None = None, anew: bool = False
) -> Answers:
    """Return what Yahoo or FRED give for each of the names that ``spec`` speaks of.

    Args:
        cache_folder: where answers are kept.
        anew: whether they are asked although they answered not long ago.

    Raises:
        SpecError: a name or download that is not well-formed.
    """
    source = ONLINE_SOURCES[spec.source]
    return ask_source(source, spec.name, spec.download, cache_folder=cache_folder, anew=anew)


def find_online_copies(spec: SeriesDataSpec, cache_folder: Path) -> Mapping[str, Copy]:
    """Return what Yahoo or FRED gave the last time, by the names that ``spec`` speaks of.

    Raises:
        SpecError: a name or download that is not well-formed.
    """
    return find_copies(ONLINE_SOURCES[spec.source], spec.name, spec.download, cache_folder)
