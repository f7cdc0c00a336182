"""``forecast``: what a finished run predicts, beyond its own data or beyond newer data."""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import Any

import pandas as pd

from lstm_core.commands.arguments.files import read_file, read_files, write_file
from lstm_core.commands.arguments.finished_run import find_asked
from lstm_core.commands.telling.output import (
    print_collection,
    print_csv,
    print_json,
    stdout_to_stderr,
)
from lstm_core.data.bringing import find_bringing
from lstm_core.data.reading.read import read_table
from lstm_core.data.series.dataset import Dataset
from lstm_core.data.series.what_if.editing import edit_future, list_future, read_edits
from lstm_core.jobs.answering.answering import ask_run
from lstm_core.runs.snapshots.run import Run
from lstm_core.runs.stores.store import Store
from lstm_core.settings import load_settings
from lstm_core.spec import ExperimentSpec, name_file
from lstm_core.tables import table_from_parquet, table_to_csv
from lstm_core.tasks.registry import find_kind


def add_parser(commands: Any) -> None:
    parser = commands.add_parser("forecast", help="print a finished run's forecast")
    parser.add_argument("run_id", metavar="RUN_ID")
    parser.add_argument("--csv", metavar="FILE", help="forecast beyond the end of this newer data")
    parser.add_argument(
        "--future", metavar="FILE", help="forecast with these known-future covariates instead"
    )
    parser.add_argument("--out", metavar="FILE", help="write the forecast there, as CSV")
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Print the forecast as CSV, or as JSON; return 0.

    Raises:
        StudioError: there is no such run, it did not complete, or the new data does not fit it.
    """
    with Store.open(load_settings()) as store:
        record = find_asked(store, arguments.run_id, "forecast")
        if arguments.csv or arguments.future:
            forecast = _forecast_again(store, record, arguments.csv, arguments.future)
        else:
            forecast = table_from_parquet(store.artifacts.get(record.id, "forecast.parquet"))
    rows = find_kind(record.spec).report(record, lambda name: forecast).content["forecast"]
    text = table_to_csv(forecast[list(rows[0])])
    if arguments.out:
        write_file(arguments.out, text)
    if arguments.json:
        print_json({"run_id": record.id, "forecast": rows})
    elif not arguments.out:
        print_csv(text)
    return 0


def _forecast_again(
    store: Store, record: Run, newer: str | None, future: str | None
) -> pd.DataFrame:
    """Forecast beyond newer data, or beyond the run's own; with another future, or its own."""
    spec = record.resolved_spec or record.spec
    model = json.loads(store.artifacts.get(record.id, "model.json"))
    if newer:
        bringing = find_bringing(spec.data.kind)
        section = bringing.begin_section(name_file(Path(newer).name))
        data = spec.data.model_copy(update=section)
        dataset = bringing.bring_newer(data, read_files([newer]))
    else:
        dataset = store.collections.get_as(record.dataset_id, Dataset)
    dataset, left_out = find_kind(spec).suit_model(model, spec, dataset)
    if future:
        dataset = _change_future(dataset, spec, future)
    with stdout_to_stderr():
        forecast = ask_run(store, record, dataset)
    if newer:  # told once it fits: a refusal is one line
        print_collection(dataset, left_out)
    return forecast


def _change_future(dataset: Dataset, spec: ExperimentSpec, path: str) -> Dataset:
    _, horizon = spec.task.sizes
    list_future(dataset, horizon)  # refuses where nothing is known ahead of time
    table = read_table(read_file(path), Path(path).name, fewest_rows=1)
    return edit_future(dataset, horizon, read_edits(table, dataset))
