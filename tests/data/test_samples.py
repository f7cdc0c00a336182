import hashlib

import pandas as pd
import pytest

from lstm_core.data.columns.roles import choose_roles
from lstm_core.data.series.building.building import build_dataset
from lstm_core.data.sources.samples import SAMPLES, load_sample
from lstm_core.errors import SpecError
from lstm_core.spec import SeriesDataSpec

_FIRST = ("sine", "load", "three_series")


def digest(values: pd.Series) -> str:
    return hashlib.sha256(values.to_csv(index=False).encode()).hexdigest()[:16]


@pytest.mark.parametrize("name", SAMPLES)
def test_a_sample_is_the_same_every_time(name: str) -> None:
    pd.testing.assert_frame_equal(load_sample(name).frame, load_sample(name).frame)


@pytest.mark.parametrize("name", SAMPLES)
def test_a_samples_own_spec_and_the_profile_agree(name: str) -> None:
    told = build_dataset(load_sample(name), SAMPLES[name].data)
    found = build_dataset(load_sample(name), SeriesDataSpec(source="sample", name=name))
    assert told.roles.time == found.roles.time
    assert told.roles.series == found.roles.series
    assert told.roles.targets == found.roles.targets
    assert told.frequency == found.frequency
    assert told.num_filled == 0


def test_stocks_are_the_prices_that_ship_with_plotly() -> None:
    frame = load_sample("stocks").frame
    assert frame.groupby("company").size().to_dict() == dict.fromkeys(
        ("AAPL", "AMZN", "FB", "GOOG", "MSFT", "NFLX"), 105
    )
    assert frame[frame["company"] == "MSFT"]["price"].iloc[-1] == pytest.approx(1.7881845)
    assert SAMPLES["stocks"].real


def test_generated_values_do_not_depend_on_the_machine() -> None:
    """Rounded values: a change here changes every result that was ever published with them."""
    content = pd.concat([load_sample("sine").frame["value"], load_sample("load").frame["load"]])
    assert digest(content.round(1)) == "3e8c721d7ac54b6d"
    later = [name for name, sample in SAMPLES.items() if not sample.real and name not in _FIRST]
    columns = [load_sample(name).frame[SAMPLES[name].data.targets[0]] for name in later]
    assert digest(pd.concat(columns).round(1)) == "5ccf31378fb3e9b6"


def test_measured_values_come_from_where_it_is_said() -> None:
    measured = {name for name, sample in SAMPLES.items() if sample.real}
    assert measured == {"stocks", "sunspots", "economy", "ocean", "carbon_dioxide"}
    ends = {name: load_sample(name).frame.iloc[-1] for name in measured}
    assert ends["sunspots"].tolist() == [2008, 2.9]
    assert (ends["economy"]["quarter"], ends["economy"]["unemployment"]) == (
        pd.Timestamp("2009-07-01"),
        9.6,
    )
    assert ends["ocean"].tolist() == [pd.Timestamp("2010-12-01"), 22.07]
    assert ends["carbon_dioxide"].tolist() == [pd.Timestamp("2001-12-29"), 371.5]


def test_samples_reach_from_years_to_minutes() -> None:
    spacings = {
        name: str(build_dataset(sample.load(), sample.data).frequency.alias).removesuffix("-JAN")
        for name, sample in SAMPLES.items()
    }
    assert set(spacings.values()) >= {
        *("YS", "QS", "MS", "W-MON", "W-SAT", "B", "D", "h", "15min", "min")
    }


@pytest.mark.parametrize("name", SAMPLES)
def test_a_sample_says_in_a_sentence_what_it_teaches(name: str) -> None:
    sample = SAMPLES[name]
    assert sample.teaches.endswith(".")
    assert 40 < len(sample.teaches) < 140
    assert sample.steps
    assert sample.origin


@pytest.mark.parametrize("name", ["branches", "bicycle_hire", "load"])
def test_what_is_known_ahead_goes_on_behind_the_target(name: str) -> None:
    sample = SAMPLES[name]
    dataset = build_dataset(sample.load(), sample.data)
    assert set(dataset.future.columns) == set(sample.data.known_future_covariates or ())
    assert len(dataset.future) > 0
    found = choose_roles(sample.load(), SeriesDataSpec(source="sample", name=name)).spec
    assert set(found.known_future_covariates or ()) == set(dataset.future.columns)


def test_what_is_known_ahead_reaches_a_week_beyond_the_load() -> None:
    dataset = build_dataset(load_sample("load"), SAMPLES["load"].data)
    assert len(dataset.future) == 168
    assert list(dataset.future.columns) == ["temperature", "holiday"]
    assert dataset.num_rows == 120 * 24


def test_an_unknown_sample_names_the_nearest() -> None:
    with pytest.raises(SpecError, match='Did you mean "stocks"'):
        load_sample("stoks")
