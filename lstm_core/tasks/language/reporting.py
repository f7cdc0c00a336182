"""What is said of a model that writes where there is no page to look at."""

from __future__ import annotations

from collections.abc import Sequence

from lstm_core.judging.measures import Measure, put_first
from lstm_core.tasks.kind import Judged, ReadTable, RunReport
from lstm_core.tasks.language.judging.measures import MEASURES

WRITTEN = "written"


def order_measures(runs: Sequence[Judged]) -> tuple[Measure, ...]:
    """Return all measures, the one first that the runs' verdicts go by."""
    deciding = {run.verdict.get("measure") for run in runs if run.verdict is not None}
    # Units of several kinds are comparable by the character alone.
    first = MEASURES[0]
    if len(deciding) == 1:
        first = next((each for each in MEASURES if each.key in deciding), first)
    return put_first(first, MEASURES)


def report(run: Judged, read_table: ReadTable) -> RunReport:
    """Return what it writes from nothing, and how more is had."""
    written = read_table(WRITTEN)
    if written is None:
        return RunReport(content={"written": None})
    drafts = written.to_dict("records")
    middle = drafts[len(drafts) // 2]
    return RunReport(
        (f"It writes, at temperature {middle['temperature']:g}:", str(middle["text"])[:300]),
        f"More of it: run `write {run.id} --prompt TEXT`",
        {"written": drafts},
    )
