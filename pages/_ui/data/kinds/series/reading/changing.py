"""Answers and corrections go into the draft's spec, and the card is read anew."""

from __future__ import annotations

from typing import Any

from lstm_core.spec import SeriesDataSpec
from lstm_core.spec.reading import ReadingPlan
from pages._ui.data.draft import Draft, put_columns_into_draft
from pages._ui.shell.messages import errors_shown
from pages._ui.shell.widget_keys import renew_widgets

PREFIX = "reading."
"""What the keys of the plan's widgets begin with."""

_OF_OTHER_ROWS = ("member", "separator", "header_rows", "skip_top", "encoding", "layout")
"""Items with which columns have other names: what was chosen by their names is chosen anew."""

_BY_NAME = ("time", "targets", "past_covariates", "known_future_covariates", "series")


def change_item(draft: Draft, path: str, value: Any) -> None:
    """Let an item of the spec be what a person says; None: what is found.

    Args:
        path: such as ``data.reading.decimal``.
    """
    values: dict[str, Any] = {path: value}
    name = path.removeprefix("data.reading.")
    if name in _OF_OTHER_ROWS:
        usual = SeriesDataSpec()
        values |= {f"data.{each}": getattr(usual, each) for each in _BY_NAME}
        values |= {"data.reading.types": {}}
        unset = ReadingPlan()
        values |= {f"data.reading.{each}": getattr(unset, each) for each in ("times", "keys")}
        values[path] = value
    if name == "keys":
        values["data.series"] = None
    with errors_shown():
        put_columns_into_draft(draft.spec.with_values(values))
        renew_widgets(PREFIX)
