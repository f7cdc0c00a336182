"""What is kept of a run: every figure and word of it; of large tables and weights a digest."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd
from threadpoolctl import threadpool_limits

from tests.goldens.digests import digest_table, digest_weights
from tests.goldens.experiments import EXPERIMENTS
from tests.goldens.subject import (
    EpochFinished,
    Event,
    ExperimentResult,
    FilmPrepared,
    NetworkStarted,
    SpecResolved,
    run_experiment,
)

NEWER = ("pretrained", "peers")
"""What stands beside a run's own figures since the goldens were written, and changes none."""


def take_run(name: str) -> dict[str, Any]:
    """Carry out one of ``EXPERIMENTS`` and return what its golden holds."""
    spec, dataset = EXPERIMENTS[name].open()
    events: list[Event] = []
    with threadpool_limits(1):
        result = run_experiment(spec, dataset, on_event=events.append)
    return describe_result(result) | describe_way(events)


def describe_result(result: ExperimentResult) -> dict[str, Any]:
    return {
        "settings": flatten(result.spec.model_dump(mode="json")),
        "metrics": result.metrics,
        "baselines": result.baselines,
        "verdict": leave_out_newer(result.verdict),
        "diagnoses": result.diagnoses and [name_leaves(found) for found in result.diagnoses],
        "forecast": list_rows(result.tables["forecast"]),
        "attention": describe_table(result.tables.get("attention")),
        "predictions": describe_table(result.tables["predictions"]),
        "breakdowns": describe_table(result.tables["breakdowns"]),
        "weights": {"sha256": digest_weights(result.weights)},
        "task": result.model["task"],
        "stopped": result.stopped,
    }


def describe_way(events: Sequence[Event]) -> dict[str, Any]:
    """Return what a run told on its way to whoever listened, times left out."""
    reasons = [event.reasons for event in events if isinstance(event, SpecResolved)][-1]
    epochs = [event for event in events if isinstance(event, EpochFinished)]
    return {
        "reasons": {path.rpartition(".")[2]: reason for path, reason in reasons.items()},
        "networks": [event.title for event in events if isinstance(event, NetworkStarted)],
        "epochs": [
            [event.network, event.epoch, event.loss, event.validation_loss] for event in epochs
        ],
        "film": {
            "frame": [event.frame for event in events if isinstance(event, FilmPrepared)],
            "last": [list(event.film) for event in epochs if event.film][-1:],
        },
    }


def leave_out_newer(content: Mapping[str, Any]) -> dict[str, Any]:
    """Return what goldens have always held: what came beside it has tests of its own."""
    return {name: value for name, value in content.items() if name not in NEWER}


def flatten(sections: Mapping[str, Any]) -> dict[str, Any]:
    """Return a spec's settings by their own names: which section holds them may change."""
    found: dict[str, Any] = {}
    for section, settings in sections.items():
        if isinstance(settings, Mapping):
            for name, value in settings.items():
                if name != "kind":
                    assert name not in found, f"{section} has a second {name}"
                    found[name] = value
    return found


def name_leaves(diagnosis: Mapping[str, Any]) -> dict[str, Any]:
    """Return a diagnosis whose fix names settings without their sections."""
    fix = diagnosis["fix"]
    if fix is not None:
        changes = {path.rpartition(".")[2]: value for path, value in fix["changes"].items()}
        fix = {**fix, "changes": changes}
    return {**diagnosis, "fix": fix}


def describe_table(table: pd.DataFrame | None) -> dict[str, Any] | None:
    """Return a large table's columns, its number of rows and its digest."""
    if table is None:
        return None
    table = table.drop(columns=list(NEWER), errors="ignore")
    return {"columns": list(table.columns), "rows": len(table), "sha256": digest_table(table)}


def list_rows(table: pd.DataFrame) -> dict[str, list[Any]]:
    """Return a small table by its columns, as JSON has it."""
    return {
        str(name): [str(each) for each in column]
        if pd.api.types.is_datetime64_any_dtype(column)
        else column.tolist()
        for name, column in table.items()
    }
