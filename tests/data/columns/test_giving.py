"""Parts are given one at a time: a column never has two, and the others keep theirs."""

from __future__ import annotations

from itertools import product

import pandas as pd
import pytest

from lstm_core.data.columns.giving import ROLES, give_role
from lstm_core.spec import ROW_ORDER, ExperimentSpec, SeriesDataSpec

FRAME = pd.DataFrame(
    {
        "day": pd.date_range("2024-01-01", periods=6),
        "shop": list("aabbcc"),
        "sales": range(6),
        "weather": ["sun", "rain", "snow"] * 2,
        "holiday": [0, 1] * 3,
    }
)
DATA = SeriesDataSpec(
    time="day",
    targets=("sales",),
    past_covariates=("weather = rain", "weather = sun"),
    known_future_covariates=("holiday",),
    series="shop",
)


def give(name: str, role: str, data: SeriesDataSpec = DATA) -> SeriesDataSpec:
    given = ExperimentSpec(data=data).with_values(give_role(FRAME, data, name, role)).data
    assert isinstance(given, SeriesDataSpec)
    return given


@pytest.mark.parametrize(("name", "role"), list(product(FRAME.columns, ROLES)))
def test_any_column_can_be_given_any_part(name: str, role: str) -> None:
    given = give(name, role)
    parts = {
        "target": given.targets,
        "known in advance": given.known_future_covariates or (),
        "known only afterwards": given.past_covariates or (),
        "describes the series": given.static,
        "id": (given.series or "").split(" / "),
        "time": (given.time,),
    }
    assert [part for part, names in parts.items() if name in names] == (
        [] if role == "ignore" else [role]
    )
    others = {each for each in ("day", "shop", "sales", "holiday") if each != name}
    if role != "time":
        assert others <= {each for names in parts.values() for each in names}


def test_a_category_gives_up_all_its_levels() -> None:
    assert give("weather", "ignore").past_covariates == ()
    assert give("weather", "known in advance").past_covariates == ()


def test_one_of_several_keys_is_taken_away() -> None:
    both = DATA.model_copy(update={"series": "shop / weather", "past_covariates": ()})
    assert give("shop", "ignore", both).series == "weather"
    assert give("shop", "ignore", both).reading.keys == ("weather",)


def test_without_a_key_the_rows_are_one_series() -> None:
    given = give("shop", "ignore")
    assert (given.series, given.reading.keys) == (None, ())


def test_without_a_column_of_times_rows_are_counted() -> None:
    assert give("day", "ignore").time == ROW_ORDER
