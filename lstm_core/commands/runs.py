"""``runs``: what was made, newest first."""

from __future__ import annotations

import argparse
from typing import Any

from lstm_core.commands.telling.output import make_printable, print_json
from lstm_core.commands.telling.unreadable import print_unreadable, report_unreadable
from lstm_core.runs.snapshots.run import Run
from lstm_core.runs.snapshots.unreadable import Unreadable
from lstm_core.runs.stores.store import Store
from lstm_core.settings import load_settings
from lstm_core.tasks.verdicts import read_verdict


def add_parser(commands: Any) -> None:
    parser = commands.add_parser("runs", help="list the runs, newest first")
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    with Store.open(load_settings()) as store:
        store.watch.mark_vanished()
        left_out: list[Unreadable] = []
        records = store.runs.list_newest(left_out=left_out)
    if arguments.json:
        report: dict[str, Any] = {"runs": [_make_entry(record) for record in records]}
        print_json(report | report_unreadable(left_out))
        return 0
    for record in records:
        verdict = read_verdict(record)
        outcome = record.message if verdict is None else verdict.sentence
        if record.is_stopped_early:
            outcome = f"(stopped early) {outcome}"
        created = f"{record.created_at:%Y-%m-%d %H:%M}"
        line = f"{record.id}  {created}  {record.status:<11}  {record.dataset_name:<24}  {outcome}"
        print(make_printable(line))
    print_unreadable(left_out)
    if not records and not left_out:
        print("No runs yet.")
    return 0


def _make_entry(record: Run) -> dict[str, Any]:
    return {
        "run_id": record.id,
        "status": str(record.status),
        "stopped_early": record.is_stopped_early,
        "name": record.name,
        "dataset": record.dataset_name,
        "created_at": record.created_at.isoformat(),
        "seconds": round(record.seconds, 3),
        "epochs": record.num_epochs_done,
        "metrics": record.metrics,
        "verdict": record.verdict,
        "message": record.message,
    }
