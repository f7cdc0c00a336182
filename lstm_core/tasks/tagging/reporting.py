"""What is said of a trained tagger where there is no page to look at."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from lstm_core.data.tagged.collection import TaggedCollection
from lstm_core.data.wording import list_names
from lstm_core.judging.measures import Measure, put_first
from lstm_core.tasks.kind import Judged, ReadTable, RunReport
from lstm_core.tasks.tagging.answering import ANSWERS
from lstm_core.tasks.tagging.judging.measures import MEASURES

_MOST_NAMED = 8


def order_measures(runs: Sequence[Judged]) -> tuple[Measure, ...]:
    """Return all measures, the one first that the runs' verdicts go by."""
    deciding = [run.verdict.get("measure") for run in runs if run.verdict is not None]
    first = next((each for each in MEASURES if each.key in deciding), MEASURES[0])
    return put_first(first, MEASURES)


def say_aim(collection: TaggedCollection) -> str:
    """``'to be tagged: entities of the types "city", "date"'``."""
    names = collection.types
    what = "entities of the type" if collection.scheme == "bio" else "each step with"
    if len(names) > _MOST_NAMED:
        kinds = "types" if collection.scheme == "bio" else "tags"
        what = "entities of" if collection.scheme == "bio" else "each step with one of"
        return f"to be tagged: {what} {len(names):,} {kinds}"
    plural = "s" if collection.scheme == "bio" and len(names) > 1 else ""
    return f"to be tagged: {what}{plural} {list_names(names)}"


def report(run: Judged, read_table: ReadTable) -> RunReport:
    """Return how each type fares, and how other sequences get their tags."""
    by_type, answers = read_table("by_type"), read_table(ANSWERS)
    if by_type is None:
        return RunReport(content={"predictions": None})
    summary: dict[str, Any] = {
        "by_type": [
            {name: None if value != value else value for name, value in row.items()}
            for row in by_type.to_dict("records")
        ]
    }
    notes = []
    if answers is not None:
        count = int(answers["item"].nunique())
        summary |= {"num_answers": count}
        notes.append(f"Sequences without tags that were given them: {count:,}.")
    return RunReport(
        tuple(notes),
        f"Tags of other sequences: run `predict {run.id} --csv FILE`",
        {"predictions": summary},
    )
