"""What is said of a trained classifier where there is no page to look at."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from lstm_core.data.items.collection import ItemCollection
from lstm_core.data.wording import list_names
from lstm_core.judging.measures import Measure, put_first
from lstm_core.tasks.classification.answering import ANSWERS
from lstm_core.tasks.classification.judging.measures import MEASURES
from lstm_core.tasks.kind import Judged, ReadTable, RunReport

_MOST_NAMED = 8


def order_measures(runs: Sequence[Judged]) -> tuple[Measure, ...]:
    """Return all measures, the one first that the runs' verdicts go by."""
    deciding = [run.verdict.get("measure") for run in runs if run.verdict is not None]
    first = next((each for each in MEASURES if each.key in deciding), MEASURES[0])
    return put_first(first, MEASURES)


def say_aim(collection: ItemCollection) -> str:
    """``'to be told apart: "bad", "good"'``."""
    names = collection.label_names
    if len(names) > _MOST_NAMED:
        return f"to be told apart: {len(names):,} labels"
    return f"to be told apart: {list_names(names)}"


def report(run: Judged, read_table: ReadTable) -> RunReport:
    """Return how each label fares, and how other items get one."""
    by_label, answers = read_table("by_label"), read_table(ANSWERS)
    if by_label is None:
        return RunReport(content={"predictions": None})
    summary: dict[str, Any] = {"by_label": by_label.to_dict("records")}
    notes = []
    if answers is not None:
        summary |= {"num_answers": len(answers)}
        notes.append(f"Items without a label that were given one: {len(answers):,}.")
    return RunReport(
        tuple(notes),
        f"Labels of other items: run `predict {run.id} --csv FILE`",
        {"predictions": summary},
    )
