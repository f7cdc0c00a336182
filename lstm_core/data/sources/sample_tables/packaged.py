"""Measured data inside packages that are installed anyway, read without importing them."""

from __future__ import annotations

import gzip
import importlib.util
import io
from pathlib import Path

import pandas as pd

from lstm_core.errors import SourceError


def read_stocks() -> pd.DataFrame:
    content = _read_file("plotly", "package_data", "datasets", "stocks.csv.gz")
    wide = _read_csv(gzip.decompress(content))
    return wide.melt(id_vars="date", var_name="company", value_name="price")


def read_sunspots() -> pd.DataFrame:
    """Return the mean number of sunspots of each year from 1700 on."""
    frame = _read_csv(_read_dataset("sunspots"))
    return frame.set_axis(["year", "sunspots"], axis=1)


def read_economy() -> pd.DataFrame:
    """Return quarters of the United States: product, consumption, prices, rates, unemployment."""
    frame = _read_csv(_read_dataset("macrodata"))
    months = frame["quarter"].astype(int) * 3 - 2
    quarter = pd.to_datetime({"year": frame["year"].astype(int), "month": months, "day": 1})
    columns = {
        "realgdp": "gross product",
        "realinv": "investment",
        "infl": "inflation",
        "tbilrate": "interest rate",
        "unemp": "unemployment",
    }
    told = frame[list(columns)].rename(columns=columns)
    told.insert(0, "quarter", quarter.dt.as_unit("ns"))
    return told


def read_carbon_dioxide() -> pd.DataFrame:
    """Return weeks on Mauna Loa, from where on none is missing."""
    frame = _read_csv(_read_dataset("co2"))
    week = pd.to_datetime(frame["date"].astype(str), format="%Y%m%d").dt.as_unit("ns")
    told = pd.DataFrame({"week": week, "co2": frame["co2"]})
    last_gap = told.index[told["co2"].isna()].max()
    return told.loc[last_gap + 1 :].reset_index(drop=True)


def read_ocean() -> pd.DataFrame:
    """Return months of the sea's surface off Peru, in degrees Celsius."""
    wide = _read_csv(_read_dataset("elnino"))
    years = wide["YEAR"].astype(int).repeat(12)
    months = [*range(1, 13)] * len(wide)
    month = pd.to_datetime({"year": years.to_numpy(), "month": months, "day": 1})
    values = wide.drop(columns="YEAR").to_numpy().ravel()
    return pd.DataFrame({"month": month.dt.as_unit("ns"), "temperature": values})


def _read_dataset(name: str) -> bytes:
    return _read_file("statsmodels", "datasets", name, f"{name}.csv")


def _read_file(package: str, *parts: str) -> bytes:
    """Read a file without importing its package, which takes far longer than the reading."""
    found = importlib.util.find_spec(package)
    folders = found.submodule_search_locations if found else None
    try:
        return Path(*(folders or [])[:1], *parts).read_bytes()
    except OSError as error:
        raise SourceError(
            f"The sample's data that come with {package} are missing.",
            "Install the requirements again, or choose another sample.",
        ) from error


def _read_csv(content: bytes) -> pd.DataFrame:
    return pd.read_csv(io.BytesIO(content), compression=None)
