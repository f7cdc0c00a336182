"""``worker``: the process of one run, or of one question; the job backend starts it."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any


def add_parser(commands: Any) -> None:
    parser = commands.add_parser("worker")  # no help: not for people, so not in the list
    which = parser.add_mutually_exclusive_group(required=True)
    which.add_argument("run_id", nargs="?")
    which.add_argument("--wait", action="store_true")
    which.add_argument("--answer", metavar="FOLDER", type=Path)
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    if arguments.answer is not None:
        from lstm_core.jobs.answering import answer_in

        return answer_in(arguments.answer)
    from lstm_core.jobs.worker import run_worker, wait_for_run

    return wait_for_run() if arguments.wait else run_worker(arguments.run_id)
