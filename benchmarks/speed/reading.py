"""From a file's bytes to its finished profile, beside pandas.

``python -m benchmarks.speed.reading [--rows N] [--only NAME]``: one JSON line for each kind of
file, 10 columns wide: seconds of the whole profile, and of ``pandas.read_csv`` with
``to_datetime``, told in advance what the file looks like, and both in CPU seconds, all threads
together; ``times`` is profile by pandas; and the most memory that the profile's process held.
Then 100 columns of text in 1,000 rows.
"""

from __future__ import annotations

import argparse
import io
import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from lstm_core.data.profiling.as_json import profile_to_json
from lstm_core.data.profiling.file_profile import profile_file
from lstm_core.spec import SeriesDataSpec

_NUM_NUMBERS = 9


@dataclass(frozen=True)
class Kind:
    """A kind of file, and what pandas has to be told to read it."""

    write: Callable[[pd.DatetimeIndex, np.random.Generator], pd.DataFrame]
    separator: str = ","
    quoting: int = 0
    pandas: Mapping[str, Any] = field(default_factory=dict)
    times: Mapping[str, Any] = field(default_factory=dict)


def _make_numbers(
    times: pd.DatetimeIndex, draw: np.random.Generator, form: str
) -> dict[str, list[str]]:
    return {
        f"value {number}": [form.format(each) for each in draw.normal(50_000, 9_000, len(times))]
        for number in range(_NUM_NUMBERS)
    }


def _write_iso(times: pd.DatetimeIndex, draw: np.random.Generator) -> pd.DataFrame:
    stamps = times.strftime("%Y-%m-%d %H:%M:%S")
    return pd.DataFrame({"time": stamps} | _make_numbers(times, draw, "{:.2f}"))


def _write_german(times: pd.DatetimeIndex, draw: np.random.Generator) -> pd.DataFrame:
    numbers = _make_numbers(times, draw, "{:,.2f}")
    swapped = {
        name: [cell.translate(str.maketrans(",.", ".,")) for cell in cells]
        for name, cells in numbers.items()
    }
    return pd.DataFrame({"Zeit": times.strftime("%d.%m.%Y %H:%M")} | swapped)


def _write_quoted(times: pd.DatetimeIndex, draw: np.random.Generator) -> pd.DataFrame:
    stamps = times.strftime("%Y-%m-%d %H:%M:%S")
    return pd.DataFrame({"time": stamps} | _make_numbers(times, draw, "{:,.2f}"))


def _write_zoned(times: pd.DatetimeIndex, draw: np.random.Generator) -> pd.DataFrame:
    local = times.tz_localize("UTC").tz_convert("Europe/Berlin").strftime("%Y-%m-%dT%H:%M:%S%z")
    return pd.DataFrame({"time": local} | _make_numbers(times, draw, "{:.2f}"))


def _write_text(times: pd.DatetimeIndex, draw: np.random.Generator) -> pd.DataFrame:
    words = np.array(["north of the river", "south gate", "a shop", "depot", "unknown place"])
    columns: dict[str, Any] = {"time": times.strftime("%Y-%m-%d %H:%M:%S")}
    columns["value"] = [f"{each:.2f}" for each in draw.normal(50_000, 9_000, len(times))]
    for number in range(_NUM_NUMBERS - 1):
        codes = draw.integers(0, 1_000_000, len(times)).astype(str)
        chosen = words[draw.integers(0, len(words), len(times))]
        columns[f"text {number}"] = np.char.add(np.char.add(chosen, " "), codes)
    return pd.DataFrame(columns)


KINDS: Mapping[str, Kind] = {
    "iso": Kind(_write_iso),
    "german": Kind(
        _write_german,
        ";",
        pandas={"decimal": ",", "thousands": "."},
        times={"format": "%d.%m.%Y %H:%M"},
    ),
    "quoted_thousands": Kind(_write_quoted, quoting=1, pandas={"thousands": ","}),
    "zoned": Kind(_write_zoned, times={"utc": True}),
    "text": Kind(_write_text),
}


def make_file(name: str, num_rows: int) -> bytes:
    """Return a file of a kind; 10 columns, a row a minute."""
    kind = KINDS[name]
    times = pd.date_range("2021-01-01", periods=num_rows, freq="min")
    frame = kind.write(times, np.random.default_rng(7))
    return frame.to_csv(index=False, sep=kind.separator, quoting=kind.quoting).encode()  # type: ignore[call-overload]


def make_wide_text(num_rows: int = 1_000, num_columns: int = 100) -> bytes:
    draw = np.random.default_rng(7)
    columns: dict[str, Any] = {
        f"text {number}": [f"word {each}" for each in draw.integers(0, 10**6, num_rows)]
        for number in range(num_columns - 2)
    }
    times = pd.date_range("2021-01-01", periods=num_rows, freq="D").strftime("%Y-%m-%d")
    frame = pd.DataFrame({"date": times, "value": draw.normal(size=num_rows)} | columns)
    return frame.to_csv(index=False).encode()


def main() -> None:
    parser = argparse.ArgumentParser(description="How long reading takes, beside pandas.")
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--only", choices=[*KINDS, "wide_text"], help="one kind")
    parser.add_argument("--file", type=Path, help="one that is there, in this process")
    parser.add_argument("--pandas", action="store_true", help="by pandas, in this process")
    options = parser.parse_args()
    if options.file:
        measure = _measure_pandas if options.pandas else _measure
        print(json.dumps(measure(options.only, options.file.read_bytes())))
        return
    for name in [options.only] if options.only else [*KINDS, "wide_text"]:
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / f"{name}.csv"
            made = make_wide_text() if name == "wide_text" else make_file(name, options.rows)
            path.write_bytes(made)
            del made
            print(json.dumps(_compare(name, path)), flush=True)


def _compare(name: str, path: Path) -> dict[str, Any]:
    """Measure both, each in a process of its own that has touched no memory yet."""
    command = [
        sys.executable,
        "-m",
        "benchmarks.speed.reading",
        "--only",
        name,
        "--file",
        str(path),
    ]
    told = [
        json.loads(subprocess.run([*command, *more], check=True, capture_output=True).stdout)
        for more in ([], ["--pandas"])
    ]
    both = told[0] | told[1]
    return both | {"times": round(both["profile"] / max(both["pandas"], 0.01), 2)}


def _measure_pandas(name: str, content: bytes) -> dict[str, Any]:
    kind = KINDS.get(name, Kind(_write_text))
    small = content[: content.index(b"\n", 5_000)]
    for part in (small, content):  # what is imported on demand is there the second time
        begun, worked = time.perf_counter(), time.process_time()
        frame = pd.read_csv(io.BytesIO(part), sep=kind.separator, **kind.pandas)
        pd.to_datetime(frame.iloc[:, 0], **kind.times)
        taken, worked = time.perf_counter() - begun, time.process_time() - worked
    return {"pandas": round(taken, 2), "pandas_cpu": round(worked, 2)}


def _measure(name: str, content: bytes) -> dict[str, Any]:
    data = SeriesDataSpec(source="csv", name=f"{name}.csv")
    profile_to_json(profile_file(make_wide_text(50, 5), data))  # imported on demand
    begun, worked = time.perf_counter(), time.process_time()
    told = profile_to_json(profile_file(content, data))
    taken, worked = time.perf_counter() - begun, time.process_time() - worked
    peak = _read_peak()
    return {
        "file": name,
        "outcome": told["outcome"],
        "mib": len(content) >> 20,
        "profile": round(taken, 2),
        "profile_cpu": round(worked, 2),
        "peak_mib": peak,
    }


def _read_peak() -> int:
    """Return the most memory that this process has held, in MiB; its parent's is left out."""
    status = Path("/proc/self/status").read_text()
    (line,) = (line for line in status.splitlines() if line.startswith("VmHWM"))
    return int(line.split()[1]) // 1024


if __name__ == "__main__":
    main()
