"""``write``: how a text goes on, by what a finished run has learnt."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from typing import Any

from lstm_core.commands.arguments.files import read_typed
from lstm_core.commands.arguments.finished_run import find_finished
from lstm_core.commands.telling.output import print_json, print_text, stdout_to_stderr
from lstm_core.jobs.answering.answering import find_writer
from lstm_core.jobs.answering.reopening import open_predictor
from lstm_core.runs.stores.store import Store
from lstm_core.settings import load_settings


def add_parser(commands: Any) -> None:
    parser = commands.add_parser("write", help="print how a finished run writes on from a text")
    parser.add_argument("run_id", metavar="RUN_ID")
    parser.add_argument(
        "--prompt",
        metavar="TEXT",
        help="what it begins with; without it, standard input is read",
    )
    parser.add_argument("--length", type=int, default=400, metavar="N", help="most units: 400")
    parser.add_argument("--drafts", type=int, default=1, metavar="N", help="texts: 1")
    parser.add_argument(
        "--temperature",
        type=float,
        default=1.0,
        metavar="T",
        help="how bold: 0 is always the likeliest, 1 as it has learnt: 1",
    )
    parser.add_argument("--top-k", type=int, metavar="N", help="only of the N likeliest units")
    parser.add_argument(
        "--top-p", type=float, default=1.0, metavar="P", help="only of the likeliest share P: 1"
    )
    parser.add_argument("--seed", type=int, default=0, metavar="N", help="start of chance: 0")
    parser.add_argument(
        "--stop", action="append", default=[], metavar="TEXT", help="ends a text; repeatable"
    )
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Print what is written as it comes, or as JSON in the end; return 0.

    Raises:
        StudioError: there is no such run, it has no result or can't write, or what is asked for
            makes no sense.
    """
    typed = arguments.prompt
    prompt = read_typed(sys.stdin).content.decode("utf-8", "replace") if typed is None else typed
    asked = {
        "prompt": prompt,
        "length": arguments.length,
        "drafts": arguments.drafts,
        "temperature": arguments.temperature,
        "top_k": arguments.top_k,
        "top_p": arguments.top_p,
        "seed": arguments.seed,
        "stop": arguments.stop,
    }
    with Store.open(load_settings()) as store, stdout_to_stderr():
        record = find_finished(store, arguments.run_id)
        writer = find_writer(open_predictor(store, record.id))
        pieces = writer.go_on(asked)
        first = next(pieces)  # what is refused, is refused before anything is printed
    texts = [""] * arguments.drafts
    for piece in _chain(first, pieces):
        for number, draft in enumerate(piece["drafts"]):
            texts[number] += draft["text"]
        if arguments.drafts == 1 and not arguments.json:
            print_text(piece["drafts"][0]["text"])
    if arguments.json:
        print_json({"run_id": record.id, "prompt": prompt, "drafts": texts})
    elif arguments.drafts > 1:
        print_text("\n\n".join(texts))
    if not arguments.json:
        print_text("\n")
    return 0


def _chain(first: dict[str, Any], others: Iterator[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    yield first
    yield from others
