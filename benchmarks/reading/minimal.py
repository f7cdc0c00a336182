"""What is right for the smallest file of each kind of fault, by the beginning of its name."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from benchmarks.reading.expected import Expected

_JANUARY = {"first": "2024-01-01", "alias": "D"}
_MISSING = {"told": ("data.reading.missing", "sentinels", "missing_words")}

_RIGHT: Mapping[str, Mapping[str, Any]] = {
    "01_": {
        "column": "Wert", "values": (1000, 2001, 3002, 4003), "alias": "D", "first": "2024-01-05",
    },
    "02_": {"column": "value", "values": (10, 18, 26), "alias": "8h", "num_series": 1},
    "03_": {"column": "Sales", "alias": "MS", "num_rows": 12, "first": "2021-01-01"},
    "04_": {"column": "column 3", "values": (100, 101), "num_rows": 4, "alias": "D"},
    "04b_": {"num_rows": 4, "alias": "D"},
    "05_": {**_JANUARY, "values": (3.1, -9999, 2.7), **_MISSING},
    "06_": {**_JANUARY, "column": "value", "values": (5.1,), "aside": (3,), "tail": 5.4},
    "06b_": {**_JANUARY, "aside": (3,)},
    "07_": {"column": "Значение", "values": (1.5, 1.6, 1.7), "first": "2024-01-05", "alias": "D"},
    "07b_": {"column": "売上", "others": ("売上高",), "values": (100, 101), "first": "2024-01-05"},
    "07c_": {"column": "v", "alias": "MS", "num_rows": 721, "first": "2010-01-01"},
    "08_": {"column": "Close", "values": (1234.5, 1240, 1239.1), "first": "2024-01-05"},
    "08b_": {**_JANUARY, "values": (3.4, 3.5, -0.2)},
    "08c_": {**_JANUARY, "values": (1.2e6, 950e3, 1.3e6)},
    "08d_": {**_JANUARY, "values": (-1234, 2000, -5)},
    "08e_": {**_JANUARY, "values": (-1.5, 2.5, -3.5)},
    "08f_": {**_JANUARY, "values": (-1.5, 2.5, -3.5)},
    "09_": {**_JANUARY, "num_rows": 28, "values": (1, 2, 3), "told": ("missing_words",)},
    "10_": {**_JANUARY, "column": "Sales", "values": (5, 6, 7)},
    "10b_": {**_JANUARY, "column": "Sales", "values": (5, 6, 7)},
    "10c_": {**_JANUARY, "column": "v", "values": (5, 6, 7), "num_rows": 3},
    "10d_": {**_JANUARY, "column": "Temp", "others": ("Temp °C", "Temp (°C)"), "values": (5, 6, 7)},
    "10e_": {"column": "Close", "others": ("Close MSFT",), "first": "2023-02-17"},
    "11_": {"first": "2024-01-01", "values": (5,), "tail": 7, "aside": (3,)},
    "12_": {"alias": "MS", "num_rows": 36, "first": "2021-01-01"},
    "12b_": {"alias": "MS", "num_rows": 36, "first": "2021-01-01"},
    "13_": {"alias": "h", "first": "2024-01-05 00:00", "column": "v"},
    "14_": {"alias": "h", "first": "2024-01-01 00:00", "values": (5, 6, 7)},
    "15_": {"alias": "h", "first": "2024-01-05 22:00", "values": (5, 6, 7, 8)},
    "16_": {**_JANUARY, "column": "sales", "num_series": 4},
    "17_": {**_JANUARY, "num_series": 2, "values": (1, 2, 3, 4)},
    "18_": {**_JANUARY, "num_rows": 3, "told": ("duplicate_names",)},
    "19_": {**_JANUARY, "column": "value, kW", "values": (5, 6, 7)},
    "20_": {"alias": "MS", "first": "2024-03-01", "values": (5, 6, 7, 8)},
    "21_": {"alias": "h", "first": "2024-01-05", "values": (1, 2, 3)},
    "21b_": {"alias": "h", "first": "2024-01-05", "values": (1, 2, 3)},
    "22_": {**_JANUARY, "column": "value", "values": (5, 6, 7)},
    "23_": {**_JANUARY, "values": (5, 6, 7), "num_rows": 3},
    "24_": {"want": "refuse"},
    "25_": {**_JANUARY, "num_rows": 4, "values": (5,), "tail": 8, "told": ("missing_words",)},
    "26_": {"column": "Close/Last", "values": (185.92, 186.1), "first": "2024-01-05"},
    "27_": {"column": "Umsatz", "values": (1234.56, 1240, 1250.1), "first": "2024-01-05"},
    "28_": {"column": "gdp", "alias": "QS", "first": "2020-01-01"},
    "29_": {"column": "Amount", "alias": "D", "told": ("data.reading.repeats",)},
    "30_": {**_JANUARY, "column": "v", "values": (5, 6, 7)},
}  # fmt: skip


def list_minimal(folder: Path) -> list[Expected]:
    """Return what is right for each file of the folder that is known here."""
    found = []
    for path in sorted((folder / "minimal").iterdir()):
        right = _RIGHT.get(f"{path.name.split('_')[0]}_")
        found.append(Expected(path, "answer") if right is None else Expected(path, **right))
    return found
