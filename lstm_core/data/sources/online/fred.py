"""Series of the economy from FRED, the database of the Federal Reserve Bank of St. Louis.

Source: the CSV that its graphs offer, ``fredgraph.csv``: a column of dates called
``observation_date`` (earlier ``DATE``) and one of numbers, named by the series; a full stop or
nothing where a value is missing.
"""

from __future__ import annotations

import io
import re
from pathlib import Path
from typing import Any

import pandas as pd

from lstm_core.data.sources.online.face import VALUE, BusyError
from lstm_core.data.sources.online.spans import find_first_day
from lstm_core.errors import DataError, SourceError, SpecError
from lstm_core.spec.download import DownloadPlan

ADDRESS = "https://fred.stlouisfed.org/graph/fredgraph.csv"

_SERIES = re.compile(r"[A-Za-z0-9_]{1,30}")
_DATES = ("observation_date", "date")
_MISSING = {"", ".", "NA", "#N/A"}
_TIMEOUT_SECONDS = 15
_MOST_BYTES = 20_000_000
_LATER = "Try again in some minutes."


class Fred:
    """One number a date; see ``face.OnlineSource``.

    Args:
        session: a ``requests`` session instead of one of its own.
    """

    key = "fred"
    title = "FRED"
    names = "series"
    contents = "values"
    terms = (
        "Series come from FRED, Federal Reserve Bank of St. Louis, whose terms allow personal and "
        "educational use; some series belong to others who ask for more: see the series' own page."
    )
    ways = "a CSV file that was saved at fred.stlouisfed.org, or one of the samples"

    def __init__(self, session: Any = None) -> None:
        self._session = session

    def check_name(self, name: str) -> str:
        series = name.strip().upper()
        if not _SERIES.fullmatch(series):
            raise SpecError(
                f'"{name[:40]}" is not the id of a series at FRED.',
                "An id has up to 30 letters, digits and _ such as GDP, UNRATE or DGS10; between "
                "several stand commas.",
            )
        return series

    def complete(self, plan: DownloadPlan) -> DownloadPlan:
        """Fill in all that there is; intervals and columns are Yahoo's alone."""
        if plan.interval is not None or plan.columns:
            said = "interval" if plan.interval is not None else "columns"
            raise SpecError(
                f"A series of FRED has a spacing of its own and one column of values: there is no "
                f"choice of {said}.",
                f"Leave data.download.{said} out.",
            )
        has_span = plan.period or plan.start or plan.end
        return plan if has_span else plan.model_copy(update={"period": "max"})

    def fetch(self, name: str, plan: DownloadPlan, cache_folder: Path | None) -> pd.DataFrame:
        import requests

        session = self._session or requests.Session()
        try:
            response = session.get(ADDRESS, params=_ask(name, plan), timeout=_TIMEOUT_SECONDS)
            content = response.content
        except requests.RequestException as error:
            raise SourceError(
                f"FRED could not be reached ({type(error).__name__}).", "Check the network."
            ) from error
        _check_status(name, int(response.status_code))
        return _read(name, content)

    def say_plan(self, plan: DownloadPlan) -> tuple[str, ...]:
        return ()


def _ask(name: str, plan: DownloadPlan) -> dict[str, str]:
    asked = {"id": name}
    first = plan.start if plan.period is None else find_first_day(plan.period)
    if first is not None:
        asked["cosd"] = first.isoformat()
    if plan.end is not None:
        asked["coed"] = plan.end.isoformat()
    return asked


def _check_status(name: str, status: int) -> None:
    if status in (400, 404):
        raise DataError(
            f'FRED has no series "{name}".',
            "Look the id up at fred.stlouisfed.org: it stands behind the title of a series.",
        )
    if status == 429:
        raise BusyError(
            "FRED refuses to answer because it got too many requests from this address.", _LATER
        )
    if status >= 500:
        raise SourceError(
            f'FRED has trouble of its own (HTTP {status}); it says nothing about "{name}".', _LATER
        )
    if status != 200:
        raise SourceError(
            f'FRED did not let this program in (HTTP {status}); it says nothing about "{name}".',
            f"{_LATER} Where it lasts, this address is shut out.",
        )


def _read(name: str, content: bytes) -> pd.DataFrame:
    """Return the dates and values; dates without a value stay, as gaps."""
    strange = SourceError(
        f'FRED answered with something else than the values of "{name}", such as a page that says '
        "that it is down.",
        _LATER,
    )
    if len(content) > _MOST_BYTES:
        raise strange
    try:
        frame = pd.read_csv(
            io.BytesIO(content), dtype="str", keep_default_na=False, compression=None
        )
    except (ValueError, UnicodeError) as error:  # pandas' parsing errors are kinds of these
        raise strange from error
    if frame.shape[1] != 2 or str(frame.columns[0]).lower() not in _DATES:
        raise strange
    dates = pd.to_datetime(frame.iloc[:, 0], format="%Y-%m-%d", errors="coerce")
    words = frame.iloc[:, 1].str.strip()
    values = pd.to_numeric(words, errors="coerce").astype("float64")
    if dates.isna().any() or (values.isna() & ~words.isin(_MISSING)).any():
        raise strange
    if not values.notna().any():
        raise SourceError(
            f'FRED gave no values of "{name}" for these dates.', "Ask for other dates, or for all."
        )
    return pd.DataFrame({"date": dates.dt.as_unit("ns"), VALUE: values})
