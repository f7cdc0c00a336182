"""``OnlineSource``: what a source outside this machine has of its own; the rest is shared."""

from __future__ import annotations

from pathlib import Path
from typing import Protocol

import pandas as pd

from lstm_core.errors import SourceError
from lstm_core.spec.download import DownloadPlan

VALUE = "value"
"""What a source calls the column of numbers where it gives one alone."""


class BusyError(SourceError):
    """The source got too many requests; it is worth waiting a little."""


class OnlineSource(Protocol):
    """Where series come from by their names.

    Attributes:
        key: as ``data.source``.
        title: for people.
        names: what the names are called, as a column and in sentences: ``ticker``.
        contents: what comes, for people: ``prices``.
        terms: what whoever runs it allows, in a sentence.
        ways: what to take where it gives nothing, after "Or take".
    """

    key: str
    title: str
    names: str
    contents: str
    terms: str
    ways: str

    def check_name(self, name: str) -> str:
        """Return a name as the source writes it.

        Raises:
            SpecError: it is none, and must not reach an address.
        """

    def complete(self, plan: DownloadPlan) -> DownloadPlan:
        """Return what is asked for, with what the plan leaves open.

        Raises:
            SpecError: the source has no such thing.
        """

    def fetch(self, name: str, plan: DownloadPlan, cache_folder: Path | None) -> pd.DataFrame:
        """Ask once.

        Args:
            name, plan: as they came from ``check_name`` and ``complete``.

        Returns:
            A column of times, ``datetime64[ns]`` without a zone, and before all others; then
            columns of numbers, or one called ``VALUE``. All that there is: columns are chosen
            later.

        Raises:
            BusyError: it is worth asking again.
            DataError: the source has nothing of this name.
            SourceError: it failed, or could not be reached.
        """

    def say_plan(self, plan: DownloadPlan) -> tuple[str, ...]:
        """Return what is to be known of what came, a sentence each."""
