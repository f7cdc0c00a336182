"""``forecast``: what a finished run predicts, beyond its own data or beyond newer data."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from typing import Any

from lstm_core.commands.files import read_file, write_file
from lstm_core.commands.output import list_forecast, print_json, stdout_to_stderr
from lstm_core.data.cleaning import build_dataset
from lstm_core.data.loading import load_table
from lstm_core.errors import DataError
from lstm_core.runs.run import Run
from lstm_core.runs.status import RunStatus
from lstm_core.runs.store import Store
from lstm_core.settings import load_settings
from lstm_core.tables import table_from_parquet, table_to_csv


def add_parser(commands: Any) -> None:
    parser = commands.add_parser("forecast", help="print a finished run's forecast")
    parser.add_argument("run_id", metavar="RUN_ID")
    parser.add_argument("--csv", metavar="FILE", help="forecast beyond the end of this newer data")
    parser.add_argument("--out", metavar="FILE", help="write the forecast there, as CSV")
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Print the forecast as CSV, or as JSON; return 0.

    Raises:
        StudioError: there is no such run, it did not complete, or the new data does not fit it.
    """
    with Store.open(load_settings()) as store:
        record = store.get_run(arguments.run_id)
        if record.status is not RunStatus.COMPLETED:
            raise DataError(
                f"The run {record.id} is {record.status}; it has no forecast.",
                "Choose a completed one from `runs`.",
            )
        if arguments.csv:
            forecast = _forecast_newer(store, record, arguments.csv)
        else:
            forecast = table_from_parquet(store.get_artifact(record.id, "forecast.parquet"))
    text = table_to_csv(forecast[["series", "target", "timestamp", "value"]])
    if arguments.out:
        write_file(arguments.out, text)
    if arguments.json:
        print_json({"run_id": record.id, "forecast": list_forecast(forecast)})
    elif not arguments.out:
        sys.stdout.write(text)
    return 0


def _forecast_newer(store: Store, record: Run, path: str) -> Any:
    spec = record.resolved_spec or record.spec
    data = spec.data.model_copy(update={"source": "csv", "name": Path(path).name[:200]})
    dataset = build_dataset(load_table(data, read_file(path)), data)
    model = json.loads(store.get_artifact(record.id, "model.json"))
    weights = store.get_artifact(record.id, "weights.npz")
    with stdout_to_stderr():
        from lstm_core.pipeline import forecast_again

        return forecast_again(model, weights, dataset)
