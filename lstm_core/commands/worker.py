"""``worker``: the process of one run; the job backend starts it."""

from __future__ import annotations

import argparse
from typing import Any


def add_parser(commands: Any) -> None:
    parser = commands.add_parser("worker")  # no help: not for people, so not in the list
    parser.add_argument("run_id")
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    from lstm_core.jobs.worker import run_worker

    return run_worker(arguments.run_id)
