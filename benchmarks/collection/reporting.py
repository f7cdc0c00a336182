"""What is told of the collection: a report for programs, lists and tables for people."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from typing import Any

from benchmarks.collection.jobs import choose_cutoffs
from benchmarks.collection.results import Line
from benchmarks.collection.series import Series
from benchmarks.collection.totals import LIMITS, add_up, find_missed, summarize_series


def make_report(lines: Sequence[Line], num_jobs: int) -> dict[str, Any]:
    """Return rows and totals of all runs that came to a result, and what the limits say."""
    done = [line for line in lines if "mase" in line]
    failed = [
        {"series": line["series"], "rows": line["rows"], "error": line["error"]}
        for line in lines
        if "mase" not in line
    ]
    names = dict.fromkeys(line["series"] for line in done)
    rows = [summarize_series([line for line in done if line["series"] == name]) for name in names]
    totals = add_up(rows) if rows else {}
    groups = dict.fromkeys(row["group"] for row in rows)
    spacings = dict.fromkeys(row["traits"][0] for row in rows)
    return {
        "benchmark": "collection",
        "runs": len(done),
        "still_to_run": num_jobs - len(lines),
        "totals": totals,
        "by_group": {
            group: add_up([row for row in rows if row["group"] == group]) for group in groups
        },
        "by_spacing": {
            spacing: add_up([row for row in rows if row["traits"][0] == spacing])
            for spacing in spacings
        },
        "limits": LIMITS,
        "missed": find_missed(totals) if rows else [],
        "failed": failed,
        "rows": rows,
    }


def print_list(collection: Sequence[Series]) -> None:
    """Print a line a series: its name, its group, the rows of its tables, traits and source."""
    for series in collection:
        rows = ", ".join(map(str, choose_cutoffs(series)))
        traits = " ".join(series.traits)
        print(f"{series.name:20} {series.group:5} {rows:19} {traits:38} {series.source}")


def print_table(rows: Sequence[dict[str, Any]]) -> None:
    """Print a line a series on stderr, the worst beside the chosen rule last."""
    titles = "series                rows cuts   mase chosen to it   best to it 80% held  CPU s"
    print(titles, file=sys.stderr)
    for row in sorted(rows, key=lambda row: float(row["to_chosen"])):
        print(
            f"{row['series']:20} {row['rows']:5} {row['cutoffs']:4} {row['mase']:6.3f}"
            f" {row['chosen_mase']:6.3f} {row['to_chosen']:5.2f} {row['best_mase']:6.3f}"
            f" {row['to_best']:5.2f} {row['held_80']:8.0%} {row['seconds']:6.1f}"
            f"  {row['best']}{' wins: ' + ', '.join(row['wins']) if row['wins'] else ''}",
            file=sys.stderr,
        )


def say_run(line: Line) -> str:
    """Say what came of a run, in a line."""
    where = f"{line['series']}, {line['rows']} rows, seed {line['seed']}"
    if "mase" not in line:
        return f"{where}: {line['error']}"
    return (
        f"{where}: {line['mase']:.3f}; {line['chosen']}, which validation chooses, "
        f"{line['chosen_mase']:.3f}; {line['best']}, in hindsight, {line['best_mase']:.3f}; "
        f"{line['seconds']:.0f} s"
    )
