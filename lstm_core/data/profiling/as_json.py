"""A file's profile as plain objects, for programs."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

import numpy as np
import pandas as pd

from lstm_core.data.columns.derived import list_sources
from lstm_core.data.profiling.columns import describe_columns
from lstm_core.data.profiling.file_profile import FileProfile
from lstm_core.data.series.dataset import Dataset
from lstm_core.data.series.profile.seasons import find_seasons
from lstm_core.data.series.season import detect_season
from lstm_core.spec import ROW_ORDER

_MOST_LINES = 20


def profile_to_json(profile: FileProfile, *, with_values: bool = False) -> dict[str, Any]:
    """Return what ``profile --json`` prints.

    Args:
        with_values: also ``dataset``, with the targets' values of the first series, and the places
            where they were missing and are ``filled``.
    """
    table, choice, dataset = profile.table, profile.choice, profile.dataset
    rows = table.rows if table else None
    content: dict[str, Any] = {
        "outcome": profile.outcome,
        "plan": profile.plan.model_dump(mode="json"),
        "notes": [
            {
                "kind": remark.kind,
                "sentence": remark.sentence,
                "lines": list(remark.lines[:_MOST_LINES]),
            }
            for remark in profile.remarks
        ],
        "columns": [asdict(column) for column in describe_columns(table, choice)] if table else [],
        "rows": len(table.frame) if table else 0,
        "rows_set_aside": rows.num_set_aside if rows else 0,
        "set_aside": [asdict(each) for each in rows.set_aside] if rows else [],
        "members": list(rows.members) if rows else [],
        "time": None,
        "series": None,
        "target": None,
        "seasonality": None,
        "questions": [asdict(question) for question in profile.questions],
        "refusal": None,
    }
    if profile.refusal is not None:
        content["refusal"] = {"message": profile.refusal.what, "remedy": profile.refusal.remedy}
    if choice is not None:
        content["target"] = {
            "name": choice.spec.targets[0],
            "names": list(choice.spec.targets),
            "others": list(choice.others),
            "is_clear": choice.is_clear,
            "reason": choice.reason,
        }
    if dataset is not None:
        assert table is not None
        content["time"] = _tell_time(dataset, profile)
        keys = list_sources(dataset.roles.series, table.frame) if dataset.roles.series else ()
        content["series"] = {"keys": list(keys), "count": len(dataset.series_names)}
        content["seasonality"] = _tell_season(dataset)
        if with_values:
            content["dataset"] = _list_values(dataset)
    return content


def _tell_time(dataset: Dataset, profile: FileProfile) -> dict[str, Any]:
    times = dataset.frame.index.get_level_values("time")
    name = None if dataset.roles.time == ROW_ORDER else dataset.roles.time
    return {
        "column": name,
        "columns": list(profile.plan.times or ([name] if name else [])),
        "frequency": dataset.frequency.label,
        "alias": dataset.frequency.alias,
        "step": dataset.frequency.step,
        "first": _write_time(times.min()),
        "last": _write_time(times.max()),
        "gaps": int((~dataset.observed).all(axis=1).sum()),
        "duplicates": _count_repeats(profile),
    }


def _count_repeats(profile: FileProfile) -> int:
    """Return how many rows have the series and time of a row before them."""
    choice, table = profile.choice, profile.table
    assert choice is not None
    assert table is not None
    spec = choice.spec
    if spec.time is None or spec.time == ROW_ORDER:
        return 0
    keys = [*(list_sources(spec.series, table.frame) if spec.series else ()), spec.time]
    times = pd.Index(table.frame[spec.time])  # which sees in passing whether each is there once
    if len(keys) == 1 and times.is_monotonic_increasing and times.is_unique:
        return 0
    return int(table.frame.duplicated(subset=keys).sum())


def _tell_season(dataset: Dataset) -> dict[str, Any]:
    """Return the season that a model would take, and all that show, by name."""
    target = dataset.frame[dataset.roles.targets[0]].to_numpy()
    series = [target[rows] for _, rows in dataset.iterate_series()]
    steps, words = detect_season(series, dataset.frequency)
    seasons = find_seasons(max(series, key=len), dataset.frequency)
    if seasons:
        words = " ".join(season.sentence for season in seasons)
        steps = steps if steps > 1 else seasons[0].steps
    return {
        "words": words,
        "steps": steps,
        "all": [
            {"name": season.name, "steps": season.steps, "strength": round(season.strength, 3)}
            for season in seasons
        ],
    }


def _list_values(dataset: Dataset) -> dict[str, Any]:
    name, rows = next(iter(dataset.iterate_series()))
    times = dataset.frame.index.get_level_values("time")
    observed = dataset.observed[rows]
    targets = dataset.roles.targets
    return {
        "frequency": dataset.frequency.alias,
        "first": _write_time(times.min()),
        "last": _write_time(times.max()),
        "num_rows": dataset.num_rows,
        "num_series": len(dataset.series_names),
        "targets": list(targets),
        "series": name,
        "values": {each: dataset.frame[each].to_numpy()[rows].tolist() for each in targets},
        "filled": {
            each: np.flatnonzero(~observed[:, number]).tolist()
            for number, each in enumerate(targets)
        },
    }


def _write_time(time: Any) -> str:
    return str(pd.Timestamp(time)) if isinstance(time, pd.Timestamp) else str(int(time))
