from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from lstm_core.data.reading.table import SourceTable
from lstm_core.data.series.building.building import build_dataset
from lstm_core.data.series.dataset import Dataset
from lstm_core.errors import StudioError
from lstm_core.jobs.local.backend import LocalBackend
from lstm_core.jobs.questions.what_if import WhatIf
from lstm_core.runs.snapshots.run import Run
from lstm_core.runs.stores.store import Store
from lstm_core.spec import SeriesDataSpec
from lstm_core.tables import table_from_parquet
from tests.commands.terminal import QUICK, run_process, write_promotions
from tests.pages import records
from tests.pages.oracle import Oracle
from tests.pages.visiting import get_draft, has_button, join_questions, open_page, read_texts
from tests.runs.records import change_row
from tests.shares import share

NUM_AHEAD = 60
PROMO = "[promo](https://example.org)"


def make_dataset(series: Sequence[str] = ()) -> Dataset:
    """A daily table whose promotions are known ahead, and are counted from 0 there."""
    count = records.NUM_ROWS + NUM_AHEAD
    sales = np.sin(np.arange(count) / 7 * 2 * np.pi)
    sales[records.NUM_ROWS :] = np.nan
    promo = np.arange(count, dtype=float) - records.NUM_ROWS
    days = pd.date_range("2024-01-01", periods=count)
    table = {"day": days, "sales": sales, PROMO: promo}
    parts = [pd.DataFrame(table | {"shop": name}) for name in series or ["all"]]
    spec = SeriesDataSpec(
        source="csv",
        name="sales.csv",
        time="day",
        targets=("sales",),
        known_future_covariates=(PROMO,),
        series="shop" if series else None,
    )
    return build_dataset(SourceTable(pd.concat(parts, ignore_index=True), "sales.csv"), spec)


def complete(store: Store, series: Sequence[str] = ()) -> Run:
    run = records.complete(store, make_dataset(series))
    assert run.resolved_spec is not None
    spec = run.resolved_spec.update("task", {"horizon": records.HORIZON})
    change_row(store, run.id, resolved_spec=spec.model_dump(mode="json"))
    return store.runs.get(run.id)


class SumOracle(Oracle):
    """A forecast is the sum of the edits."""

    def __init__(self, store: Store) -> None:
        super().__init__()
        self.store = store

    def answer(self, question: WhatIf) -> pd.DataFrame:
        forecast = table_from_parquet(self.store.artifacts.get(question.run_id, "forecast.parquet"))
        return forecast.assign(value=float(question.edits[PROMO].sum()))


@pytest.fixture
def oracle(store: Store, monkeypatch: pytest.MonkeyPatch, may_ask: None) -> Oracle:
    oracle = SumOracle(store)
    monkeypatch.setattr(LocalBackend, "ask", lambda *arguments: oracle(*arguments))
    return oracle


def find_grid_key(app: AppTest) -> str:
    (key,) = [str(grid.key) for grid in app.data_editor]
    assert key.startswith("run.what_if_grid.")
    return key


def edit(app: AppTest, row: int, value: float | None, column: str = "0") -> AppTest:
    edits = {"edited_rows": {row: {column: value}}, "added_rows": [], "deleted_rows": []}
    app.session_state[find_grid_key(app)] = edits
    return app.run()


def press(app: AppTest, key: str) -> AppTest:
    app.button(key=key).click().run()
    assert not app.exception, app.exception
    return app


def read_chart(app: AppTest) -> dict[str, Any] | None:
    """Return the what-if chart's lines by name; None where there is none."""
    found = [
        json.loads(chart.proto.spec)
        for chart in app.get("plotly_chart")
        if "with your values" in chart.proto.alt
    ]
    if not found:
        return None
    return {trace["name"]: trace for trace in found[0]["data"]}


def test_the_grid_shows_what_is_known_of_the_steps_ahead(store: Store) -> None:
    app = open_page("run", id=complete(store).id)
    (grid,) = app.data_editor
    assert grid.value["time"].tolist() == ["2024-04-30", "2024-05-01", "2024-05-02"]
    assert grid.value["0"].tolist() == [0, 1, 2]
    assert app.button(key="run.what_if").disabled
    assert app.button(key="run.what_if_reset").disabled
    assert read_chart(app) is None


def test_a_run_that_knows_nothing_ahead_has_no_grid(store: Store) -> None:
    app = open_page("run", id=records.complete(store).id)
    assert len(app.data_editor) == 0
    assert not has_button(app, "run.what_if")
    assert "What if" not in " ".join(read_texts(app))


def test_a_run_that_went_without_its_future_has_no_grid(store: Store) -> None:
    run = complete(store)
    assert run.resolved_spec is not None
    spec = run.resolved_spec.with_values(
        {"data.missing_future": "ignore", "task.horizon": NUM_AHEAD + 1}
    )
    change_row(store, run.id, resolved_spec=spec.model_dump(mode="json"))
    assert len(open_page("run", id=run.id).data_editor) == 0


def test_the_calendar_is_no_plan_that_could_be_changed(store: Store) -> None:
    for run, columns in ((complete(store), ["time", "0"]), (records.complete(store), None)):
        assert run.resolved_spec is not None
        spec = run.resolved_spec.with_values({"task.calendar": ["weekday"]})
        change_row(store, run.id, resolved_spec=spec.model_dump(mode="json"))
        grids = open_page("run", id=run.id).data_editor
        assert [list(grid.value.columns) for grid in grids] == ([columns] if columns else [])


def test_where_the_forecast_is_a_baseline_s_alone_no_edit_is_asked_for(store: Store) -> None:
    run = complete(store)
    change_row(store, run.id, verdict=records.VERDICT | {"network_share": 0.0})
    app = open_page("run", id=run.id)
    assert len(app.data_editor) == 0
    assert any("would not change it" in text for text in read_texts(app))
    press(app, "run.stand_alone")
    draft = get_draft(app)
    assert draft.spec.task.shrink is False
    assert draft.change == "Let the network stand alone"


def test_where_the_network_reads_no_covariates_it_can_be_let(store: Store) -> None:
    run = complete(store)
    assert run.resolved_spec is not None
    spec = run.resolved_spec.with_values({"task.covariates": "none"})
    change_row(store, run.id, resolved_spec=spec.model_dump(mode="json"))
    app = open_page("run", id=run.id)
    assert len(app.data_editor) == 0
    assert any("does not read the columns" in text for text in read_texts(app))
    press(app, "run.stand_alone")
    assert get_draft(app).spec.task.covariates == "all"


def test_an_edit_is_forecast_over_the_ghost_of_the_run_s_own(store: Store, oracle: Oracle) -> None:
    run = complete(store)
    app = edit(open_page("run", id=run.id), row=1, value=40.0)
    assert oracle.asked == []  # it costs seconds: only when it is asked for
    press(app, "run.what_if")
    (question,) = oracle.asked
    assert question.run_id == run.id
    assert question.edits[PROMO].tolist() == [0, 40, 2]
    lines = read_chart(app)
    assert lines is not None
    assert {"actual", "as it was", "with your values"} <= set(lines)
    assert any("On average 42 a step instead of 2" in text for text in read_texts(app))
    kept = table_from_parquet(store.artifacts.get(run.id, "forecast.parquet"))
    assert kept["value"].tolist() == [1, 2, 3]  # the run itself is what it was


def test_the_same_edit_is_not_asked_twice(store: Store, oracle: Oracle) -> None:
    app = edit(open_page("run", id=complete(store).id), row=0, value=5.0)
    press(app, "run.what_if")
    edit(app, row=0, value=6.0)
    assert read_chart(app) is None
    assert not app.button(key="run.what_if").disabled
    edit(app, row=0, value=5.0)
    assert app.button(key="run.what_if").disabled
    assert read_chart(app) is not None
    assert len(oracle.asked) == 1


def test_reset_brings_back_what_is_known(store: Store, oracle: Oracle) -> None:
    app = edit(open_page("run", id=complete(store).id), row=0, value=5.0)
    press(app, "run.what_if")
    key = find_grid_key(app)
    press(app, "run.what_if_reset")
    assert find_grid_key(app) != key
    assert app.button(key="run.what_if").disabled
    assert read_chart(app) is None


def reload(app: AppTest, run: Run) -> AppTest:
    """Open the address that a page has, as a new session."""
    return open_page("run", None, id=run.id, **read_address(app))


def read_address(app: AppTest) -> dict[str, str]:
    kept = app.query_params.get("what_if", [])
    return {"what_if": kept[0] if isinstance(kept, list) else kept} if kept else {}


def test_edits_survive_a_reload_in_the_address(store: Store, oracle: Oracle) -> None:
    run = complete(store)
    app = open_page("run", id=run.id)
    assert read_address(app) == {}
    app = edit(app, row=1, value=40.0)
    again = reload(app, run)
    assert again.data_editor[0].value["0"].tolist() == [0, 40, 2]
    assert oracle.asked == []  # a visit asks nothing by itself
    press(again, "run.what_if")
    assert oracle.asked[0].edits[PROMO].tolist() == [0, 40, 2]
    press(again, "run.what_if_reset")
    assert again.data_editor[0].value["0"].tolist() == [0, 1, 2]
    assert read_address(again) == {}


def test_edits_on_top_of_edits_are_all_in_the_address(store: Store) -> None:
    run = complete(store)
    again = reload(edit(open_page("run", id=run.id), row=1, value=40.0), run)
    third = reload(edit(again, row=2, value=-1.5), run)
    assert third.data_editor[0].value["0"].tolist() == [0, 40, -1.5]
    back = edit(third, row=1, value=1.0)
    back.session_state[find_grid_key(back)] = {
        "edited_rows": {1: {"0": 1.0}, 2: {"0": 2.0}}, "added_rows": [], "deleted_rows": [],
    }  # fmt: skip
    assert read_address(back.run()) == {}


def test_the_address_brings_its_series(store: Store) -> None:
    run = complete(store, ["<b>", "south"])
    app = open_page("run", id=run.id)
    app.selectbox(key="run.series").select_index(1).run()
    again = reload(edit(app, row=0, value=7.0), run)
    assert again.selectbox(key="run.series").value == ("south", "sales")
    assert again.data_editor[0].value["0"].tolist() == [7, 1, 2]
    again.selectbox(key="run.series").select_index(0).run()
    assert again.data_editor[0].value["0"].tolist() == [0, 1, 2]


@pytest.mark.parametrize(
    "text", share(["0.abc", "0.", "9.abc", "x", "-1.abc", "0.!<b>", "²."], ("0.!<b>", "²."))
)
def test_an_address_that_holds_no_edits_shows_what_is_known(text: str, store: Store) -> None:
    app = open_page("run", id=complete(store).id, what_if=text)
    assert not app.exception
    assert app.data_editor[0].value["0"].tolist() == [0, 1, 2]
    assert [("in this address" in error.value) for error in app.error] == [True] * len(app.error)


def test_too_many_edits_for_an_address_are_told(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("lstm_core.data.series.what_if.link.MOST_LETTERS", 5)
    app = edit(open_page("run", id=complete(store).id), row=1, value=40.0)
    assert read_address(app) == {}
    assert any("too many changes" in text for text in read_texts(app))


def test_the_answer_can_be_taken_away(store: Store, oracle: Oracle) -> None:
    app = edit(open_page("run", id=complete(store).id), row=1, value=40.0)
    assert not app.get("download_button") or "what_if_download" not in read_keys(app)
    press(app, "run.what_if")
    assert "run.what_if_download" in read_keys(app)


def read_keys(app: AppTest) -> str:
    return " ".join(str(button.proto.id) for button in app.get("download_button"))


def test_a_slow_answer_is_waited_for_and_can_be_given_up(
    store: Store, oracle: Oracle, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("pages._ui.shell.patience.FIRST_SECONDS", 0.05)
    oracle.may_answer.clear()
    app = edit(open_page("run", id=complete(store).id), row=1, value=40.0)
    press(app, "run.what_if")
    assert any("Forecasting with your values" in text for text in read_texts(app))
    assert app.run().button(key="run.what_if").disabled
    press(app, "run.what_if_asking_stop")
    assert oracle.was_given_up.wait(20)
    assert not app.button(key="run.what_if").disabled
    assert read_chart(app) is None
    oracle.may_answer.set()
    press(app, "run.what_if")
    join_questions()
    assert read_chart(app.run()) is not None


def test_each_series_has_a_grid_of_its_own(store: Store, oracle: Oracle) -> None:
    app = open_page("run", id=complete(store, ["<b>", "south"]).id)
    key = find_grid_key(app)
    app.selectbox(key="run.series").select_index(1).run()
    assert find_grid_key(app) != key
    press(edit(app, row=2, value=9.0), "run.what_if")
    (question,) = oracle.asked
    assert question.edits.index.unique("series").tolist() == ["south"]


def test_an_emptied_cell_is_refused_before_anybody_waits(store: Store, oracle: Oracle) -> None:
    app = press(edit(open_page("run", id=complete(store).id), row=1, value=None), "run.what_if")
    (error,) = app.error
    assert "2024-05-01 has no usable number" in error.value.replace("\\", "")
    assert oracle.asked == []


def test_a_refusal_is_shown_and_can_be_tried_again(store: Store, oracle: Oracle) -> None:
    oracle.error = StudioError("It took too long.", "Try again.")
    app = press(edit(open_page("run", id=complete(store).id), row=1, value=3.0), "run.what_if")
    assert "It took too long" in app.error[0].value
    oracle.error = None
    press(app, "run.what_if")
    assert len(app.error) == 0
    assert read_chart(app) is not None


@pytest.mark.slow
def test_a_real_model_answers_in_a_process_of_its_own(
    studio_home: Path, tmp_path: Path, may_ask: None
) -> None:
    data = write_promotions(tmp_path / "sales.csv")
    options = ["--target", "sales", "--set", 'data.known_future_covariates=["promo"]']
    options += ["--set", "task.shrink=false", "--set", "task.covariates=all"]
    fitted = run_process(studio_home, "fit", data, *QUICK, *options, "--json").content
    app = edit(open_page("run", id=fitted["run_id"]), row=2, value=9.0)
    press(app, "run.what_if")
    join_questions()
    app.run()
    lines = read_chart(app)
    assert lines is not None
    (answer,) = app.session_state["run.what_if_answers"].values()
    before = [row["value"] for row in fitted["forecast"]]
    assert len(answer) == len(before)
    assert not np.allclose(answer["value"], before, atol=0.01)
