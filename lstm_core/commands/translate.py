"""``translate``: what becomes of texts, by what a finished run has learnt."""

from __future__ import annotations

import argparse
import sys
from typing import Any

from lstm_core.commands.arguments.files import read_typed
from lstm_core.commands.arguments.finished_run import find_finished
from lstm_core.commands.telling.output import print_json, print_text, stdout_to_stderr
from lstm_core.data.documents.reading.cleaning import clean_text
from lstm_core.errors import DataError
from lstm_core.jobs.answering.answering import turn_texts
from lstm_core.runs.snapshots.run import Run
from lstm_core.runs.stores.store import Store
from lstm_core.settings import load_settings

MOST_LINES = 100_000


def add_parser(commands: Any) -> None:
    parser = commands.add_parser(
        "translate", help="print what a finished run turns each line of standard input into"
    )
    parser.add_argument("run_id", metavar="RUN_ID")
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Print a line for each line; return 0. A blank line becomes a blank one.

    Raises:
        StudioError: there is no such run, it has no result or does not translate, or there is too
            much to read.
    """
    with Store.open(load_settings()) as store, stdout_to_stderr():
        record = find_finished(store, arguments.run_id)
        lines = clean_text(read_typed(sys.stdin).content.decode("utf-8", "replace")).split("\n")
        said = _turn(store, record, lines[:-1] if lines[-1:] == [""] else lines)
    if arguments.json:
        print_json({"run_id": record.id, "translations": said})
    else:
        print_text("".join(f"{each['said']}\n" for each in said))
    return 0


def _turn(store: Store, record: Run, lines: list[str]) -> list[dict[str, Any]]:
    """Return ``source``, ``said`` and ``certainty`` of each line."""
    if len(lines) > MOST_LINES:
        raise DataError(f"{len(lines):,} lines are too many.", f"Bring {MOST_LINES:,} at a time.")
    found: list[dict[str, Any]] = [
        {"source": line, "said": "", "certainty": None} for line in lines
    ]
    places = [place for place, line in enumerate(lines) if line.strip()]
    if not places:
        return found
    answers = turn_texts(store, record, [lines[place].strip() for place in places])
    for place, said, certainty in zip(places, answers["said"], answers["certainty"], strict=True):
        found[place] |= {"said": " ".join(said.split()), "certainty": float(certainty)}
    return found
