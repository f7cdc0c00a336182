"""What a careful person reads in a file, and whether a profile says the same."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

import numpy as np
import pandas as pd

Want = Literal["right", "either", "refuse", "answer"]
_TOLERANCE = 1e-6


@dataclass(frozen=True)
class Expected:
    """One file's content. What is None is not looked at.

    Attributes:
        want: ``right``: read so; ``either``: or a question about it; ``refuse``: refused;
            ``answer``: anything but a fault of the program.
        column: what is to be predicted; ``others``: names that it may have instead.
        values: the first ones of the first series, in order of time; ``tail``: the last one;
            ``everything``: all of them, where none was left out.
        alias: the spacing; ``W`` stands for any week.
        told: one of the remarks' kinds, or of the questions' items.
        aside: lines that are set aside.
    """

    path: Path
    want: Want = "right"
    column: str | None = None
    others: tuple[str, ...] = ()
    values: tuple[float, ...] = ()
    tail: float | None = None
    everything: tuple[float, ...] | None = None
    first: str | None = None
    last: str | None = None
    alias: str | None = None
    num_rows: int | None = None
    num_series: int | None = None
    told: tuple[str, ...] = ()
    aside: tuple[int, ...] = field(default=())

    def list_faults(self, content: Mapping[str, Any]) -> list[str]:
        """Return what a profile with values says otherwise, a few words each."""
        dataset = content.get("dataset")
        if dataset is None:
            return ["refused"]
        faults = [*self._compare_frame(content, dataset), *self._compare_values(dataset)]
        kinds = {note["kind"] for note in content["notes"]}
        kinds |= {question["item"] for question in content["questions"]}
        if self.told and not kinds & set(self.told):
            faults.append(f"nothing told of {' or '.join(self.told)}")
        lines = {each["line"] for each in content["set_aside"]}
        faults += [f"line {line} not set aside" for line in self.aside if line not in lines]
        return faults

    def _compare_frame(
        self, content: Mapping[str, Any], dataset: Mapping[str, Any]
    ) -> Iterator[str]:
        for name, wanted in (("first", self.first), ("last", self.last)):
            if wanted is None:
                continue
            if wanted.isdigit():
                if not dataset[name].lstrip("-").isdigit():
                    yield f"{name} {dataset[name]}"
            elif pd.Timestamp(dataset[name]) != pd.Timestamp(wanted):
                yield f"{name} {dataset[name]} instead of {wanted}"
        found = dataset["frequency"] or ""
        is_week = self.alias == "W" and found.startswith("W-")
        is_same = self.alias is None or self.alias.split("-")[0] == found.split("-")[0]
        if not is_same and not is_week:
            yield f"spacing {found} instead of {self.alias}"
        rows = (dataset["num_rows"], content["rows"])
        every = len(self.everything or ()) * (self.num_series or 1)
        if self.num_rows is not None and self.num_rows not in rows and every not in rows:
            yield f"{rows[0]} rows instead of {self.num_rows}"
        if self.num_series is not None and dataset["num_series"] != self.num_series:
            yield f"{dataset['num_series']} series instead of {self.num_series}"

    def _compare_values(self, dataset: Mapping[str, Any]) -> Iterator[str]:
        (target, *_) = dataset["targets"]
        if self.column is not None and target not in (self.column, *self.others):
            yield f'"{target}" instead of "{self.column}"'
        found = np.asarray(dataset["values"][target])
        filled = set(dataset["filled"][target])
        for place, wanted in enumerate(self.values):
            if place in filled:
                continue
            if place >= len(found) or not _is_close(found[place], wanted):
                yield f"value {place} is {found[place : place + 1]} instead of {wanted}"
        if self.tail is not None and not _is_close(found[-1], self.tail):
            yield f"the last value is {found[-1]} instead of {self.tail}"
        if self.everything is not None and len(self.everything) == len(found):
            kept = [place for place in range(len(found)) if place not in filled]
            wrong = [place for place in kept if not _is_close(found[place], self.everything[place])]
            if wrong:
                yield f"{len(wrong)} values differ, the first is number {wrong[0]}"


def _is_close(found: float, wanted: float) -> bool:
    return bool(np.isclose(found, wanted, rtol=_TOLERANCE, atol=_TOLERANCE))


def load_expected(folder: Path) -> list[Expected]:
    """Return what ``expected.json`` says of the files beside it."""
    content = json.loads((folder / "expected.json").read_text())
    return [_read(folder / "files" / name, entry) for name, entry in content.items()]


def _read(path: Path, entry: Mapping[str, Any]) -> Expected:
    series = entry["series"]
    is_known = entry["all"] is not None  # else only the first values are, and zeros stand for none
    return Expected(
        path,
        want=entry["want"],
        column=entry["col"],
        others=tuple(entry["also"]),
        values=tuple(entry["values"]) if is_known or any(entry["values"]) else (),
        tail=entry["tail"] if is_known else None,
        everything=None if entry["all"] is None else tuple(entry["all"]),
        first=entry["first"],
        last=entry["last"],
        alias=entry["alias"],
        num_rows=entry["rows"],
        num_series=1 if series is None else series,
    )
