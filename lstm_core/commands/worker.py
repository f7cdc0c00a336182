"""``worker``: the process of one run, of several, or of questions; the job backend starts it."""

from __future__ import annotations

import argparse
from typing import Any

from lstm_core.machine import raise_descriptor_limit


def add_parser(commands: Any) -> None:
    parser = commands.add_parser("worker")  # no help: not for people, so not in the list
    which = parser.add_mutually_exclusive_group(required=True)
    which.add_argument("run_id", nargs="?")
    which.add_argument("--wait", action="store_true")
    which.add_argument("--answer", action="store_true")
    which.add_argument("--serve", action="store_true")
    which.add_argument("--members", action="store_true")
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    raise_descriptor_limit()
    if arguments.members:
        from lstm_core.jobs.members.helping import help_a_run

        return help_a_run()
    from lstm_core.jobs.working.worker import (
        run_answerer,
        run_worker,
        serve_runs,
        wait_for_run,
    )

    if arguments.answer:
        return run_answerer()
    if arguments.serve:
        return serve_runs()
    return wait_for_run() if arguments.wait else run_worker(arguments.run_id)
