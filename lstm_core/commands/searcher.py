"""``searcher``: the process of one search; the job backend starts it."""

from __future__ import annotations

import argparse
from typing import Any

from lstm_core.machine import raise_descriptor_limit


def add_parser(commands: Any) -> None:
    parser = commands.add_parser("searcher")  # no help: not for people, so not in the list
    parser.add_argument("search_id")
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    raise_descriptor_limit()
    from lstm_core.jobs.conducting.searcher import run_searcher
    from lstm_core.searches.strategies.engineless import forgo_engine

    forgo_engine()
    return run_searcher(arguments.search_id)
