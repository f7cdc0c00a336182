"""``fit``: train on files in this process, recorded like every other run."""

from __future__ import annotations

import argparse
import sys
from typing import Any

from lstm_core.commands.arguments.experiment import (
    add_experiment_options,
    bring_data,
    make_spec,
    print_summary,
)
from lstm_core.commands.interrupting import first_interrupt_noted
from lstm_core.commands.telling.fit_report import make_report, print_report
from lstm_core.commands.telling.output import print_json, stdout_to_stderr
from lstm_core.commands.telling.progress import show_progress
from lstm_core.jobs.in_process import InProcessBackend
from lstm_core.runs.snapshots.status import RunStatus
from lstm_core.runs.stores.store import Store
from lstm_core.settings import load_settings
from lstm_core.tasks.registry import find_kind


def add_parser(commands: Any) -> None:
    parser = commands.add_parser("fit", help="train on a file of your own, and judge what came out")
    add_experiment_options(parser)
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Return 0 when the run completed, 1 when it did not; stopped early, it may have a result.

    Raises:
        StudioError: the input is refused; nothing was recorded.
    """
    spec = make_spec(arguments)
    brought = bring_data(arguments, spec)
    resolved, reasons = find_kind(spec).resolve(spec, brought.collection)
    of_data = [reason for path, reason in sorted(reasons.items()) if path.startswith("data.")]
    print_summary(brought, resolved, of_data)
    with Store.open(load_settings()) as store:
        record = store.runs.create_running(spec, store.collections.add(brought.collection))
        with (
            stdout_to_stderr(),
            first_interrupt_noted() as should_conclude,
            show_progress() as on_event,
            InProcessBackend(store, on_event=on_event, should_conclude=should_conclude) as backend,
        ):
            backend.submit(record.id)
        record = store.runs.get(record.id)
        if arguments.json:
            print_json(make_report(store, record))
        elif record.has_result:
            print_report(store, record)
    if record.status is not RunStatus.COMPLETED:
        print(record.message, file=sys.stderr)
        return 1
    return 0
