"""What is said of a trained translator where there is no page to look at."""

from __future__ import annotations

from collections.abc import Sequence

from lstm_core.data.pairs.collection import PairCollection
from lstm_core.judging.measures import Measure, put_first
from lstm_core.tasks.kind import Judged, ReadTable, RunReport
from lstm_core.tasks.translation.judging.measures import MEASURES

_SHOWN = 3
_LONGEST = 200


def order_measures(runs: Sequence[Judged]) -> tuple[Measure, ...]:
    """Return all measures, the one first that the runs' verdicts go by."""
    deciding = [run.verdict.get("measure") for run in runs if run.verdict is not None]
    first = next((each for each in MEASURES if each.key in deciding), MEASURES[0])
    return put_first(first, MEASURES)


def say_aim(collection: PairCollection) -> str:
    """``'to be said: "english" for each "german"'``."""
    roles = dict(collection.roles)
    if {"given", "wanted"} <= set(roles):
        return f'to be said: "{roles["wanted"][:40]}" for each "{roles["given"][:40]}"'
    return "to be said: what is wanted for each text"


def report(run: Judged, read_table: ReadTable) -> RunReport:
    """Return a few translations, and how more are had."""
    pairs = read_table("predictions")
    if pairs is None:
        return RunReport(content={"predictions": None})
    shown = pairs.head(_SHOWN)
    lines = [
        line
        for source, said in zip(shown["source"], shown["said"], strict=True)
        for line in (f"  {str(source)[:_LONGEST]}", f"    -> {str(said)[:_LONGEST]}")
    ]
    return RunReport(
        ("Some of the held-out texts, and what becomes of them:", *lines),
        f"Other texts: run `translate {run.id}` with a text a line on standard input",
        {"predictions": shown[["source", "target", "said"]].to_dict("records")},
    )
