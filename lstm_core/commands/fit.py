"""``fit``: train on a CSV file in this process, recorded like every other run."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from lstm_core.commands.files import read_file
from lstm_core.commands.interrupting import first_interrupt_noted
from lstm_core.commands.output import (
    list_forecast,
    make_printable,
    print_dataset,
    print_json,
    say_time,
    stdout_to_stderr,
)
from lstm_core.commands.progress import show_progress
from lstm_core.data.columns.roles import RoleChoice, choose_roles
from lstm_core.data.loading import load_table
from lstm_core.data.series.cleaning import build_dataset
from lstm_core.data.series.dataset import Dataset
from lstm_core.data.wording import list_names
from lstm_core.jobs.in_process import InProcessBackend
from lstm_core.runs.snapshots.run import Run
from lstm_core.runs.snapshots.status import RunStatus
from lstm_core.runs.stores.store import Store
from lstm_core.settings import load_settings
from lstm_core.spec import ExperimentSpec, name_file, parse_setting, parse_spec
from lstm_core.tables import table_from_parquet
from lstm_core.tasks.registry import find_kind
from lstm_core.tasks.verdicts import read_verdict


def add_parser(commands: Any) -> None:
    parser = commands.add_parser("fit", help="train on a CSV file and forecast beyond its end")
    add_experiment_options(parser)
    parser.set_defaults(run=run)


def add_experiment_options(
    parser: argparse.ArgumentParser, *, data_is_optional: bool = False
) -> None:
    """Add what says which data and which spec; ``make_spec`` reads it."""
    parser.add_argument("data", metavar="DATA.csv", nargs="?" if data_is_optional else None)
    parser.add_argument("--target", action="append", default=[], metavar="NAME")
    parser.add_argument("--time", metavar="NAME", help='the column of times, or "#row"')
    parser.add_argument("--series", metavar="NAME", help="the column that tells series apart")
    parser.add_argument("--horizon", type=int, metavar="N", help="steps to predict")
    parser.add_argument("--spec", metavar="FILE", help="start from this spec")
    parser.add_argument("--set", action="append", default=[], metavar="section.key=value")
    parser.add_argument("--json", action="store_true", help="print one JSON object")


def run(arguments: argparse.Namespace) -> int:
    """Return 0 when the run completed, 1 when it did not; stopped early, it may have a result.

    Raises:
        StudioError: the input is refused; nothing was recorded.
    """
    spec = make_spec(arguments)
    dataset, choice = read_dataset(arguments, spec)
    resolved, reasons = find_kind(spec).resolve(spec, dataset)
    told = ("data.series", "data.missing_future")
    notes = [reasons[key] for key in told if key in reasons]
    print_summary(dataset, resolved, [*say_choice(choice), *notes])
    with Store.open(load_settings()) as store:
        record = store.runs.create_running(spec, store.collections.add(dataset))
        with (
            stdout_to_stderr(),
            first_interrupt_noted() as should_conclude,
            show_progress() as on_event,
            InProcessBackend(store, on_event=on_event, should_conclude=should_conclude) as backend,
        ):
            backend.submit(record.id)
        record = store.runs.get(record.id)
        if arguments.json:
            print_json(_make_report(store, record))
        elif record.has_result:
            print_report(store, record)
    if record.status is not RunStatus.COMPLETED:
        print(record.message, file=sys.stderr)
        return 1
    return 0


def read_dataset(arguments: argparse.Namespace, spec: ExperimentSpec) -> tuple[Dataset, RoleChoice]:
    """Read the file; return also what its columns are for, and what else they could be."""
    table = load_table(spec.data, read_file(arguments.data))
    choice = choose_roles(table, spec.data)
    return build_dataset(table, spec.data, choice), choice


def say_choice(choice: RoleChoice) -> list[str]:
    """Say why this column is predicted where nobody named one, and which others there were."""
    if not choice.reason or not choice.others:
        return []
    (target,) = choice.spec.targets
    lead = "Chosen" if choice.is_clear else "A guess"
    names = list_names([target])
    return [
        f"{lead} to be predicted: {names}. {choice.reason} Others that could be, by --target: "
        f"{list_names(choice.others)}."
    ]


def print_summary(dataset: Dataset, resolved: ExperimentSpec, notes: Sequence[str] = ()) -> None:
    """Say on stderr what was read and what is predicted."""
    targets = ", ".join(dataset.roles.targets)
    predicted = f"; predicting {targets}, {resolved.task.horizon} steps ahead"
    print_dataset(
        dataset, [*notes, *find_kind(resolved).list_cautions(resolved, dataset)], then=predicted
    )


def make_spec(arguments: argparse.Namespace) -> ExperimentSpec:
    """Put file, options and settings together; later ones win."""
    spec = parse_spec(read_file(arguments.spec)) if arguments.spec else ExperimentSpec()
    values: dict[str, Any] = {
        "data.source": "csv",
        "data.name": name_file(Path(arguments.data).name),
    }
    if arguments.target:
        values["data.targets"] = arguments.target
    if arguments.time is not None:
        values["data.time"] = arguments.time
    if arguments.series is not None:
        values["data.series"] = arguments.series
    if arguments.horizon is not None:
        values["task.horizon"] = arguments.horizon
    values |= dict(parse_setting(text) for text in arguments.set)
    return spec.with_values(values)


def _make_report(store: Store, record: Run) -> dict[str, Any]:
    report = {
        "run_id": record.id,
        "status": str(record.status),
        "stopped_early": record.is_stopped_early,
        "seconds": round(record.seconds, 3),
        "epochs": record.num_epochs_done,
        "metrics": record.metrics,
        "baselines": record.baselines,
        "verdict": record.verdict,
        "diagnoses": record.diagnoses,
        "forecast": [],
    }
    if record.has_result:
        forecast = table_from_parquet(store.artifacts.get(record.id, "forecast.parquet"))
        report["forecast"] = list_forecast(forecast)
    if record.message:
        report["message"] = record.message
    return json.loads(json.dumps(report))


def print_report(store: Store, record: Run) -> None:
    """Print what came of a completed run, for people."""
    verdict = read_verdict(record)
    assert verdict is not None
    assert record.metrics is not None
    assert record.baselines is not None
    for said in (verdict.sentence, verdict.advice, *verdict.notes):
        if said:
            print(make_printable(said))
    print()
    measures = find_kind(record.spec).measures
    widths = [max(12, len(measure.title) + 2) for measure in measures]
    columns = list(zip(measures, widths, strict=True))
    titles = "".join(f"{measure.title:>{width}}" for measure, width in columns)
    print(make_printable(f"{'on the test part':<18}{titles}"))
    for name, scores in [("model", record.metrics), *record.baselines.items()]:
        cells = (
            f"{measure.format(scores.get(measure.key)):>{width}}" for measure, width in columns
        )
        print(make_printable(f"{name:<18}{''.join(cells)}"))
    for reason in verdict.left_out.values():
        print(make_printable(reason))
    coverage = record.metrics.get("coverage_80")
    if coverage is not None:
        print(f"The 80% range contained {coverage:.0%} of the test part.")
    forecast = table_from_parquet(store.artifacts.get(record.id, "forecast.parquet"))
    first, last = forecast["timestamp"].iloc[0], forecast["timestamp"].iloc[-1]
    print()
    print(f"Forecast from {say_time(first)} to {say_time(last)}: run `forecast {record.id}`")
