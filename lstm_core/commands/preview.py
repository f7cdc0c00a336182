"""``preview``: a forecast without training, of one series or of a thousand in a table."""

from __future__ import annotations

import argparse
import time
from typing import Any

from lstm_core.commands.arguments.files import name_files, read_files
from lstm_core.commands.telling.output import make_printable, print_json, stdout_to_stderr
from lstm_core.data.bringing import find_bringing
from lstm_core.errors import SpecError
from lstm_core.spec import ExperimentSpec, name_file, parse_setting
from lstm_core.tasks.registry import find_kind


def add_parser(commands: Any) -> None:
    parser = commands.add_parser("preview", help="forecast a file without training anything")
    parser.add_argument("file", metavar="FILE")
    parser.add_argument(
        "--target", action="append", default=[], metavar="NAME", help="the column to predict"
    )
    parser.add_argument("--time", metavar="NAME", help="the column of times")
    parser.add_argument("--series", metavar="NAME", help="the column that tells series apart")
    parser.add_argument("--horizon", type=int, metavar="N", help="steps to predict")
    parser.add_argument(
        "--set", action="append", default=[], metavar="data.key=value", help="read the file so"
    )
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Print the forecast; return 0.

    Raises:
        StudioError: there is no such file, it can't be used, or nothing can be said of it.
    """
    started = time.perf_counter()
    spec = _make_spec(arguments)
    kind = find_kind(spec)
    bringing = find_bringing(spec.data.kind)
    with stdout_to_stderr():
        brought = bringing.bring(spec.data, read_files([arguments.file]))
        report = kind.preview(brought.collection, arguments.horizon)
    if report is None:
        raise SpecError(
            f"Nothing can be said before training where the task is {spec.task.kind}.",
            "Train a model with `fit`.",
        )
    notes = [*report.notes, *brought.guesses, *brought.collection.notes]
    if arguments.json:
        seconds = round(time.perf_counter() - started, 3)
        print_json({"seconds": seconds, **report.content, "notes": notes})
        return 0
    for line in [*notes, *report.closing.splitlines()]:
        print(make_printable(line))
    return 0


def _make_spec(arguments: argparse.Namespace) -> ExperimentSpec:
    name = name_file(name_files([arguments.file]))
    begun = find_bringing(ExperimentSpec().data.kind).begin_section(name)
    values = {f"data.{key}": value for key, value in begun.items()}
    said = {"targets": arguments.target, "time": arguments.time, "series": arguments.series}
    values |= {f"data.{key}": value for key, value in said.items() if value}
    return ExperimentSpec().with_values(
        values | dict(parse_setting(text) for text in arguments.set)
    )
