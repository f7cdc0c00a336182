"""What is said of a preview where there is no page to look at."""

from __future__ import annotations

from typing import Any

from lstm_core.data.series.dataset import Dataset
from lstm_core.tasks.forecasting.pretrained.preview.making import Preview, preview_dataset
from lstm_core.tasks.forecasting.pretrained.preview.past import LEVEL
from lstm_core.tasks.forecasting.pretrained.preview.words import say_expected, say_past
from lstm_core.tasks.forecasting.reporting import say_time
from lstm_core.tasks.kind import RunReport

_MOST_SHOWN = 60


def report_preview(dataset: Dataset, horizon: int | None) -> RunReport:
    """Forecast a dataset without training, and say what came of it; see ``preview_dataset``."""
    preview = preview_dataset(dataset, horizon)
    season = preview.seasons[0] if preview.seasons else 1
    notes = (
        f"{preview.lines[0].label}: {say_expected(preview, dataset.frequency)}",
        say_past(preview.past, dataset.frequency, season),
        *preview.notes,
    )
    content = {
        "forecast": _list_rows(preview),
        "past": _tell_past(preview),
        "seasons": list(preview.seasons),
        "version": preview.version,
    }
    return RunReport(notes, _write_rows(preview), content)


def _list_rows(preview: Preview) -> list[dict[str, Any]]:
    table = preview.table.rename(columns={f"low_{LEVEL}": "low", f"high_{LEVEL}": "high"})
    rows = table[["series", "target", "timestamp", "value", "low", "high"]].to_dict("records")
    return [
        {str(name): value for name, value in row.items()}
        | {"timestamp": say_time(row["timestamp"])}
        for row in rows
    ]


def _tell_past(preview: Preview) -> dict[str, Any] | None:
    past = preview.past
    if past is None:
        return None
    return {
        "cutoffs": past.num_cutoffs,
        "steps": past.horizon,
        "mase": past.mase,
        "best_rule": past.best_rule,
        "best_rule_mase": past.best_rule_mase,
        "held": past.held,
    }


def _write_rows(preview: Preview) -> str:
    shown = preview.table[["series", "timestamp", "value", f"low_{LEVEL}", f"high_{LEVEL}"]]
    text = shown.head(_MOST_SHOWN).to_string(index=False)
    left = len(shown) - _MOST_SHOWN
    return f"{text}\n… and {left:,} rows more; --json has them all" if left > 0 else text
