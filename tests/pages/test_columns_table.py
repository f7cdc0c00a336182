"""The columns as a table: another role or type goes into the draft."""

from __future__ import annotations

import json
from typing import Any

import pytest
from streamlit.proto.WidgetStates_pb2 import WidgetState
from streamlit.testing.v1 import AppTest

from lstm_core.runs.stores.store import Store
from lstm_core.spec import ROW_ORDER
from tests.pages.tables import make_days, make_wave, to_csv
from tests.pages.visiting import get_draft, upload

SHOPS = to_csv(
    {
        "day": make_days() * 2,
        "shop": ["north"] * 120 + ["south"] * 120,
        "sales": make_wave() + make_wave(level=20),
        "visitors": make_wave(level=50) + make_wave(level=60),
        "weather": ["sun", "rain", "snow", "fog"] * 60,
        "holiday": [0, 1] * 120,
    }
)


def edit(app: AppTest, name: str, **change: str) -> None:
    """Change cells in the line of a column, as a person does in a browser."""
    (editor,) = app.data_editor
    row = editor.value["name"].tolist().index(name)
    state = WidgetState(id=editor.proto.id)
    state.string_value = json.dumps(
        {"edited_rows": {str(row): change}, "added_rows": [], "deleted_rows": []}
    )
    states = app._tree.get_widget_states()
    states.widgets.append(state)
    app._run(states)
    assert not app.exception, app.exception


@pytest.fixture
def app() -> AppTest:
    app = upload(SHOPS)
    app.multiselect(key="columns.targets").set_value(["sales"]).run()
    return app


def read_roles(app: AppTest) -> dict[str, str]:
    (editor,) = app.data_editor
    return dict(zip(editor.value["name"], editor.value["role"], strict=True))


def test_each_column_stands_in_a_line(app: AppTest) -> None:
    (editor,) = app.data_editor
    table = editor.value.set_index("name")
    assert table.loc["sales", "role"] == "target"
    assert (table.loc["day", "role"], table.loc["shop", "role"]) == ("time", "id")
    assert table.loc["sales", "missing"] == 0
    assert len(table["values"].tolist()[2]) == 48
    assert table.loc["shop", "examples"] == "north, south"


@pytest.mark.parametrize(
    ("name", "role", "expected"),
    [
        ("visitors", "target", {"targets": ("sales", "visitors")}),
        ("visitors", "known only afterwards", {"targets": ("sales",)}),
        ("holiday", "known in advance", {"known_future_covariates": ("holiday",)}),
        ("weather", "ignore", {"past_covariates": ("holiday",)}),
        ("day", "ignore", {"time": ROW_ORDER}),
        ("weather", "id", {"series": "shop / weather"}),
    ],
)
def test_another_role_goes_into_the_draft(
    name: str, role: str, expected: dict[str, Any], app: AppTest
) -> None:
    edit(app, name, role=role)
    data = get_draft(app).spec.data
    for field, value in expected.items():
        assert getattr(data, field) == value
    covariates = (*data.past_covariates, *data.known_future_covariates)
    assert (name in covariates) == role.startswith("known")


def test_a_role_given_twice_counts_the_last_time(app: AppTest) -> None:
    edit(app, "visitors", role="known only afterwards")
    edit(app, "visitors", role="ignore")
    assert read_roles(app)["visitors"] == "ignore"
    assert "visitors" not in get_draft(app).spec.data.past_covariates


def test_a_type_is_said_and_taken_back(app: AppTest) -> None:
    edit(app, "holiday", type="text")
    assert get_draft(app).spec.data.reading.types == {"holiday": "text"}
    edit(app, "holiday", type="as found")
    assert get_draft(app).spec.data.reading.types == {}


def test_what_describes_a_series_is_told_to_the_network_on_request(store: Store) -> None:
    app = upload(
        to_csv(
            {
                "day": make_days() * 2,
                "shop": ["a"] * 120 + ["b"] * 120,
                "size": [3] * 120 + [5] * 120,
                "units": make_wave() + make_wave(level=20),
            }
        )
    )
    assert read_roles(app)["size"] == "ignore"
    edit(app, "size", role="describes the series")
    assert get_draft(app).spec.data.static == ("size",)
    assert read_roles(app)["size"] == "describes the series"
    app.button(key="data.train").click().run()
    assert store.runs.list_newest()[0].spec.data.static == ("size",)


def test_without_an_id_the_rows_are_one_series(app: AppTest) -> None:
    edit(app, "shop", role="ignore")
    data = get_draft(app).spec.data
    assert (data.series, data.reading.keys) == (None, ())
    assert read_roles(app)["shop"] == "ignore"


def test_several_lines_can_be_changed_at_once(app: AppTest) -> None:
    (editor,) = app.data_editor
    rows = {name: number for number, name in enumerate(editor.value["name"])}
    edits = {str(rows[name]): {"role": "known in advance"} for name in ("visitors", "holiday")}
    state = WidgetState(id=editor.proto.id)
    state.string_value = json.dumps({"edited_rows": edits, "added_rows": [], "deleted_rows": []})
    states = app._tree.get_widget_states()
    states.widgets.append(state)
    app._run(states)
    assert get_draft(app).spec.data.known_future_covariates == ("visitors", "holiday")


def test_where_the_target_is_ignored_another_column_is_predicted(app: AppTest) -> None:
    edit(app, "sales", role="ignore")
    assert read_roles(app)["sales"] == "ignore"
    assert get_draft(app).spec.data.targets == ("visitors",)


def test_both_views_say_the_same(app: AppTest) -> None:
    edit(app, "visitors", role="known in advance")
    assert app.multiselect(key="columns.known_future_covariates").value == ["visitors"]
    app.multiselect(key="columns.known_future_covariates").set_value([]).run()
    assert read_roles(app)["visitors"] == "ignore"
