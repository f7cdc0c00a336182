import numpy as np
import pandas as pd
import pytest

from lstm_core.data.series.storing import collection_from_bytes, collection_to_bytes
from lstm_core.data.series.summary import describe_dataset
from lstm_core.errors import DataError
from lstm_core.spec import ROW_ORDER, SeriesDataSpec
from tests.data.tables import build

NAN = float("nan")


def days(*numbers: int) -> pd.DatetimeIndex:
    return pd.DatetimeIndex([f"2024-01-{number:02d}" for number in numbers])


def test_gaps_are_filled_marked_and_told() -> None:
    dataset = build({"day": days(1, 2, 4, 7), "value": [1.0, 2.0, 4.0, 10.0]})
    assert dataset.frame["value"].tolist() == [1, 2, 3, 4, 6, 8, 10]
    assert dataset.observed[:, 0].tolist() == [True, True, False, True, False, False, True]
    assert dataset.notes == ("3 gaps filled by interpolation.",)
    assert describe_dataset(dataset).title == "Daily, 7 rows, 3 gaps filled by interpolation"
    assert describe_dataset(dataset).notes == ()  # the title has said it


def test_gaps_can_repeat_the_value_before() -> None:
    dataset = build({"day": days(1, 2, 5), "value": [1.0, 2.0, 9.0]}, fill="previous")
    assert dataset.frame["value"].tolist() == [1, 2, 2, 2, 9]
    assert dataset.notes == ("2 gaps filled by repeating the value before.",)


@pytest.mark.parametrize(
    ("fill", "kept", "filled", "told"),
    [
        ("forward", "previous", [2.0, 2.0], "repeating the value before."),
        ("mean", "mean", [1.5, 1.5], "the mean of what was before."),
        ("drop", "drop", [2.0, 2.0], "repeating the value before."),
        ("seasonal", "season", [6.0, 7.0], "what was one season before."),
    ],
)
def test_gaps_can_be_filled_otherwise(fill: str, kept: str, filled: list[float], told: str) -> None:
    values = [1.0, 2.0] if fill != "seasonal" else [1.0, 2, 3, 4, 5, 6, 7, 1, 2, 3, 4, 5]
    last = 9.0 if fill != "seasonal" else 1.0
    times = pd.date_range("2024-01-01", periods=len(values) + 3)
    dataset = build({"day": times, "value": [*values, NAN, NAN, last]}, fill=fill)
    assert SeriesDataSpec(fill=fill).fill == kept
    np.testing.assert_allclose(dataset.frame["value"].iloc[-3:-1], filled)
    assert dataset.observed[:, 0].tolist() == [True] * len(values) + [False, False, True]
    assert dataset.notes[0] == f"2 gaps filled by {told}"
    assert ("No window that reads a gap is learnt from." in dataset.notes) == (kept == "drop")


def test_rows_are_sorted_and_equal_times_averaged() -> None:
    dataset = build({"day": days(3, 1, 2, 2), "temperature": [3.0, 1.0, 2.0, 4.0]})
    assert dataset.frame["temperature"].tolist() == [1, 3, 3]
    assert dataset.repeats == "mean"
    assert dataset.notes == (
        "Rows were sorted by time.",
        "2 rows with the same time were averaged.",
    )


def test_missing_ends_of_a_target_are_dropped_not_invented() -> None:
    dataset = build({"day": days(1, 2, 3, 4), "x": [5.0, 5, 5, 5], "value": [NAN, 2.0, 3.0, NAN]},
                    targets=("value",), past_covariates=("x",))  # fmt: skip
    assert dataset.frame["value"].tolist() == [2, 3]
    assert dataset.observed.all()
    assert len(dataset.future) == 0
    assert any("1 row before" in note for note in dataset.notes)
    assert any("1 row after" in note for note in dataset.notes)


def test_past_covariates_are_filled_from_before_only() -> None:
    columns = {"day": days(1, 2, 3, 4, 5), "x": [NAN, 1.0, NAN, NAN, 4.0], "value": range(5)}
    dataset = build(columns, targets=("value",), past_covariates=("x",))
    assert dataset.frame["x"].tolist() == [1, 1, 1, 4]
    assert dataset.frame["value"].tolist() == [1, 2, 3, 4]


def test_what_is_known_ahead_goes_on_after_the_last_target() -> None:
    columns = {
        "day": days(1, 2, 3, 4, 5, 6),
        "holiday": [NAN, 0.0, NAN, 2.0, NAN, 4.0],
        "value": [1.0, 2.0, 3.0, NAN, NAN, NAN],
    }
    dataset = build(columns, targets=("value",), known_future_covariates=("holiday",))
    assert dataset.frame["holiday"].tolist() == [0, 0, 1]
    assert dataset.future["holiday"].tolist() == [2, 3, 4]
    assert dataset.future.index.get_level_values("time").tolist() == list(days(4, 5, 6))


def test_the_future_ends_where_one_covariate_is_no_longer_known() -> None:
    columns = {
        "day": days(1, 2, 3, 4, 5),
        "a": [1.0, 1, 1, 1, 1],
        "b": [1.0, 1, 1, 1, NAN],
        "value": [1.0, 2.0, 3.0, NAN, NAN],
    }
    dataset = build(columns, targets=("value",), known_future_covariates=("a", "b"))
    assert len(dataset.future) == 1


def test_several_series_keep_their_own_starts_ends_and_gaps() -> None:
    dataset = build(
        {
            "shop": ["b", "a", "b", "a", "a", "b", "lonely", "a"],
            "day": days(1, 3, 2, 4, 6, 5, 2, 5),
            "value": [10.0, 3.0, 20.0, 4.0, 6.0, 50.0, 1.0, 5.0],
        },
        series="shop",
    )
    assert dataset.series_names == ["a", "b"]
    assert dataset.frame.loc["a", "value"].tolist() == [3, 4, 5, 6]
    assert dataset.frame.loc["b", "value"].tolist() == [10, 20, 30, 40, 50]
    assert dataset.num_filled == 2
    assert any('"lonely"' in note for note in dataset.notes)
    assert [name for name, _ in dataset.iterate_series()] == ["a", "b"]


def test_two_targets_start_where_both_are_known_and_end_where_one_is() -> None:
    columns = {"day": days(1, 2, 3, 4), "a": [NAN, 2.0, 3.0, NAN], "b": [1.0, NAN, 5.0, 6.0]}
    dataset = build(columns, targets=("a", "b"))
    assert dataset.frame["a"].tolist() == [2, 3, 3]
    assert dataset.frame["b"].tolist() == [3, 5, 6]
    assert dataset.observed.tolist() == [[True, False], [True, True], [False, True]]


def test_the_future_can_not_reach_back() -> None:
    """Everything before a cutoff is the same whatever comes after it, but for open gaps."""
    generator = np.random.default_rng(3)
    times = pd.date_range("2024-01-01", periods=60, freq="D")
    values, x = generator.normal(size=60), generator.normal(size=60)
    values[[7, 8, 30]], x[[0, 1, 20]] = NAN, NAN
    roles = {"targets": ("value",), "past_covariates": ("x",)}
    before = build({"t": times, "value": values, "x": x}, **roles)
    values[40:], x[40:] = generator.normal(size=20), generator.normal(size=20)
    after = build({"t": times, "value": values, "x": x}, **roles)
    pd.testing.assert_frame_equal(before.frame.iloc[:38], after.frame.iloc[:38])
    assert not before.frame.iloc[38:].equals(after.frame.iloc[38:])


def test_rows_in_order_are_counted_within_each_series() -> None:
    dataset = build(
        {"shop": ["a", "b", "a", "b"], "value": [1.0, 5.0, 2.0, 6.0]}, time=ROW_ORDER, series="shop"
    )
    assert dataset.frame.loc["b", "value"].tolist() == [5, 6]
    assert dataset.frame.loc["b"].index.tolist() == [0, 1]
    assert dataset.frequency.step == 1


def test_rows_without_a_time_or_a_series_are_left_out_and_told() -> None:
    times = [*(f"2024-01-{day:02d}" for day in range(1, 25)), "soon", "2024-01-25"]
    dataset = build({"day": times, "shop": ["a"] * 25 + [None], "value": range(26)}, series="shop")
    assert dataset.num_rows == 24
    assert any("1 row without a readable time" in note for note in dataset.notes)
    assert any("1 row without a series" in note for note in dataset.notes)


@pytest.mark.parametrize("name", ["self", "series", "time", "0", "observed 0", "<b>", "=1+1"])
def test_column_names_are_only_names(name: str) -> None:
    dataset = build({"when": days(1, 2, 3), name: [1.0, 2.0, 4.0]})
    assert dataset.roles.targets == (name,)
    assert collection_from_bytes(collection_to_bytes(dataset)).fingerprint == dataset.fingerprint


def test_mostly_empty_steps_are_refused() -> None:
    with pytest.raises(DataError, match="would be missing"):
        build({"day": days(1, 2, 3, 30), "value": range(4)})


def test_one_time_only() -> None:
    with pytest.raises(DataError, match="the same time in every row"):
        build({"day": days(1, 1), "shop": ["a", "b"], "value": [1, 2]}, series="shop")


def test_no_series_with_two_values() -> None:
    columns = {"shop": ["a", "a", "b", "b"], "day": days(1, 2, 1, 2), "value": [1, NAN, NAN, 2]}
    with pytest.raises(DataError, match="No series has two rows"):
        build(columns, series="shop")


def test_the_card_speaks_of_several_series_and_numbers() -> None:
    columns = {"name": ["a"] * 3 + ["b"] * 3, "step": [0, 1, 2] * 2, "value": range(6)}
    card = describe_dataset(build(columns))
    assert card.title == "Numbered rows, 2 series, 6 rows, no gaps"
    assert (card.first, card.last) == ("0", "2")
    assert card.targets == ("value",)
    hourly = pd.date_range("2024-01-01", periods=5, freq="h")
    assert describe_dataset(build({"t": hourly, "value": range(5)})).last == "2024-01-01 04:00"


def test_a_series_without_any_value_of_a_covariate_is_left_out() -> None:
    columns = {
        "shop": list("aaabbb"),
        "day": days(1, 2, 3, 1, 2, 3),
        "x": [1.0, 2, 3, NAN, NAN, NAN],
        "value": range(6),
    }
    for role in ("past_covariates", "known_future_covariates"):
        dataset = build(columns, series="shop", targets=("value",), **{role: ("x",)})
        assert dataset.series_names == ["a"]
        assert any('"b"' in note for note in dataset.notes)
