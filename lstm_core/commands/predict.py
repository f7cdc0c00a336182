"""``predict``: what a finished run's model says of what it is shown."""

from __future__ import annotations

import argparse
import json
import sys
from typing import Any

import pandas as pd

from lstm_core.commands.arguments.experiment import read_enough
from lstm_core.commands.arguments.files import name_files, read_typed, write_file
from lstm_core.commands.arguments.finished_run import find_asked
from lstm_core.commands.telling.output import (
    print_collection,
    print_csv,
    print_json,
    stdout_to_stderr,
)
from lstm_core.data.bringing import find_bringing
from lstm_core.jobs.answering.answering import ask_run
from lstm_core.runs.snapshots.run import Run
from lstm_core.runs.stores.store import Store
from lstm_core.settings import load_settings
from lstm_core.spec import name_file
from lstm_core.tables import table_to_csv
from lstm_core.tasks.registry import find_kind


def add_parser(commands: Any) -> None:
    parser = commands.add_parser("predict", help="print what a finished run says of other data")
    parser.add_argument("run_id", metavar="RUN_ID")
    parser.add_argument(
        "--csv",
        metavar="FILE",
        nargs="+",
        help="what it is asked about: a file of any kind that it could learn from, or a folder; "
        "without it, standard input is read: of text, a line each",
    )
    parser.add_argument("--out", metavar="FILE", help="write what it says there, as CSV")
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Print what it says as CSV, or as JSON; return 0.

    Raises:
        StudioError: there is no such run, it has no result, its task forecasts, or the data do
            not fit it.
    """
    with Store.open(load_settings()) as store:
        record = find_asked(store, arguments.run_id, "predict")
        said = _ask(store, record, arguments.csv)
    text = table_to_csv(said)
    if arguments.out:
        write_file(arguments.out, text)
    if arguments.json:
        rows = said.to_dict("records")
        print_json({"run_id": record.id, "predictions": rows})
    elif not arguments.out:
        print_csv(text)
    return 0


def _ask(store: Store, record: Run, paths: list[str] | None) -> pd.DataFrame:
    spec = record.resolved_spec or record.spec
    model = json.loads(store.artifacts.get(record.id, "model.json"))
    bringing = find_bringing(spec.data.kind)
    files = read_enough(paths, spec) if paths else [read_typed(sys.stdin)]
    name = name_file(name_files(paths)) if paths else files[0].name
    data = spec.data.model_copy(update=bringing.begin_section(name))
    newer = bringing.bring_newer(data, files)
    collection, left_out = find_kind(spec).suit_model(model, spec, newer)
    with stdout_to_stderr():
        said = ask_run(store, record, collection)
    print_collection(collection, left_out)  # told once it fits: a refusal is one line
    return said
