import numpy as np
import pandas as pd
import pytest

from lstm_core.data.columns.offering import offer_columns
from lstm_core.data.columns.roles import choose_roles
from lstm_core.errors import DataError
from lstm_core.spec import ROW_ORDER, SeriesDataSpec
from tests.data.tables import make_table

NAN = float("nan")
DAYS = pd.date_range("2024-01-01", periods=8, freq="D").strftime("%Y-%m-%d")


def propose(columns: dict, **spec: object) -> SeriesDataSpec:
    return choose_roles(make_table(columns), SeriesDataSpec(source="csv", name="t", **spec)).spec


def test_columns_are_told_apart() -> None:
    table = make_table(
        {
            "date": DAYS,
            "x": [NAN, *range(7)],
            "flag": [True] * 8,
            "city": ["NA"] * 7 + [None],
            "side": ["left", "right"] * 4,
            "year": [2024] * 8,
            "count": [2024] * 8,
        }
    )
    offered = offer_columns(table.frame)
    assert offered.names == ("date", "x", "flag", "city", "side", "year", "count")
    assert offered.targets == ("x", "flag", "count")
    assert offered.covariates == ("x", "flag", "side", "count")


@pytest.mark.parametrize(
    ("names", "expected"),
    [
        (["a", "b"], "b"),
        (["Close", "Volume"], "Close"),
        (["Open", "adj_close", "Volume"], "adj_close"),
        (["y", "x"], "y"),
        (["#Passengers", "x"], "#Passengers"),
        (["Price ($)", "x"], "Price ($)"),
        (["a", "constant"], "a"),
    ],
)
def test_the_target_is_named_like_one_or_stands_last(names: list[str], expected: str) -> None:
    columns = {name: np.zeros(8) if name == "constant" else range(2, 10) for name in names}
    spec = propose({"date": DAYS} | columns)
    assert spec.targets == (expected,)
    assert spec.time == "date"
    assert spec.past_covariates == spec.known_future_covariates == ()


def test_dates_go_before_counters_and_names_before_places() -> None:
    columns = {"id": range(8), "copied": DAYS[::-1], "date": DAYS, "value": range(8)}
    assert propose(columns).time == "date"
    assert propose({"step": range(8), "value": [3, 1] * 4}).time == "step"
    assert propose({"Unnamed": range(8), "value": [3, 1] * 4}).time == "Unnamed"


def test_what_the_spec_names_is_kept() -> None:
    spec = propose(
        {"date": DAYS, "a": range(8), "b": range(8), "c": range(8)},
        targets=("a",), past_covariates=("b",), known_future_covariates=("c",), frequency="D",
    )  # fmt: skip
    assert spec.targets == ("a",)
    assert (spec.past_covariates, spec.known_future_covariates) == (("b",), ("c",))
    assert spec.frequency == "D"


def test_a_series_column_is_found_where_times_repeat() -> None:
    columns = {
        "date": list(DAYS) * 3,
        "part": ["train"] * 24,
        "shop": [name for name in "abc" for _ in DAYS],
        "value": range(24),
    }
    assert propose(columns).series == "shop"
    columns["shop"] = [number for number in (10, 20, 30) for _ in DAYS]
    assert propose(columns, targets=("value",)).series == "shop"


def test_a_few_repeated_times_make_no_series() -> None:
    times = pd.date_range("2024-01-01", periods=50, freq="D").strftime("%Y-%m-%d").tolist()
    columns = {"date": [*times, times[-1]], "note": ["ok"] * 50 + ["again"], "v": range(51)}
    assert propose(columns).series is None


def test_a_file_written_twice_is_no_two_series() -> None:
    columns = {"date": [*DAYS, *DAYS], "value": [*range(8), *range(8)]}
    assert propose(columns).series is None


def test_rows_in_order() -> None:
    spec = propose({"value": [3.0, 1.0, 2.0]}, time=ROW_ORDER)
    assert spec.time == ROW_ORDER
    assert spec.targets == ("value",)


@pytest.mark.parametrize(
    ("columns", "spec", "words", "remedy"),
    [
        ({"date": DAYS, "value": range(8)}, {"targets": ("valeu",)}, 'no column "valeu"',
         'Did you mean "value"'),
        ({"date": DAYS, "value": range(8)}, {"time": "dote"}, 'no column "dote"', '"date"'),
        ({"date": DAYS, "city": ["x"] * 8}, {}, "No column holds numbers", "column of numbers"),
        ({"value": np.linspace(0, 1, 8), "x": [*"abcdefgh"]}, {}, "No column can be read as times",
         '--time "#row"'),
        ({"value": [1.5, 2.5]}, {"time": "value"}, "can't be read as times", '--time "#row"'),
        ({"date": DAYS, "value": [1, 1, "x", *[2] * 5]}, {"targets": ("value",)},
         "can't be a target", "numbers"),
        ({"date": DAYS, "value": [*"12", "n/a", "broken", *"1234"]}, {"targets": ("value",)},
         '"broken" in row 4', "Correct the cell"),
        ({"date": DAYS, "value": range(8), "x": [*"1234", *"abcd"]},
         {"targets": ("value",), "past_covariates": ("x",)}, '"a" in row 5', "Correct the cell"),
        ({"date": DAYS, "value": [4] * 8}, {}, "is 4 in every row", "varies"),
        ({"date": DAYS, "value": [1, np.inf, 2, -np.inf, 3, 4, 5, 6]}, {},
         '2 infinite values stand in "value", the first in row 2', "leave them empty"),
        ({"date": DAYS, "value": [1, np.inf, 2, 3, 3, 4, 5, 6]}, {},
         'An infinite value stands in "value", in row 2', "leave them empty"),
        ({"date": DAYS, "value": [1, 2, 1e300, 3, 3, 4, 5, 6]}, {}, "in row 3", "larger unit"),
        ({"date": DAYS, "#row": range(8)}, {}, 'called "#row"', "another name"),
        ({"date": DAYS, "value": [NAN] * 8}, {}, "has no values", "another column"),
        ({"date": DAYS, "value": [1, 2, NAN, NAN, NAN, NAN, NAN, 3]}, {},
         "More than half", "another target"),
        ({"day": ["first", "second"] * 4, "value": [1.5] * 8}, {}, "called so, but holds",
         "Write times"),
    ],
)  # fmt: skip
def test_refusals_say_what_is_wrong_and_what_to_do(
    columns: dict, spec: dict, words: str, remedy: str
) -> None:
    with pytest.raises(DataError) as caught:
        propose(columns, **spec)
    assert words in caught.value.what
    assert remedy in caught.value.remedy
