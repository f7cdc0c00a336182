"""Measured data that lie inside installed packages, found without importing them."""

from __future__ import annotations

import importlib.util
from pathlib import Path

import pandas as pd

NEW_YORK_FED = (
    *("tsa", "statespace", "tests", "results"),
    *("frbny_nowcast", "Nowcasting", "data", "US", "2016-06-29.csv"),
)
"""Where statsmodels keeps months of the economy of the United States."""


def find_inside(package: str, *parts: str) -> Path:
    """Return a file that came with a package.

    Raises:
        FileNotFoundError: the package is not installed, or has no such file.
    """
    found = importlib.util.find_spec(package)
    folders = found.submodule_search_locations if found else None
    if not folders:
        raise FileNotFoundError(f"The package {package} is not installed.")
    path = Path(folders[0], *parts)
    if not path.exists():
        raise FileNotFoundError(f"The package {package} has no {'/'.join(parts)}.")
    return path


def read_dataset(name: str) -> pd.DataFrame:
    """Read a table of ``statsmodels.datasets``."""
    return pd.read_csv(find_inside("statsmodels", "datasets", name, f"{name}.csv"))


def read_air() -> pd.Series:
    """Weeks of carbon dioxide on Mauna Loa from 1958 on, some of them missing."""
    frame = read_dataset("co2")
    times = pd.to_datetime(frame["date"].astype(str), format="%Y%m%d")
    return pd.Series(frame["co2"].to_numpy(), times)
