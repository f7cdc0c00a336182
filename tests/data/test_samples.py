import hashlib

import pandas as pd
import pytest

from lstm_core.data.series.cleaning import build_dataset
from lstm_core.data.sources.samples import SAMPLES, load_sample
from lstm_core.errors import SpecError
from lstm_core.spec import SeriesDataSpec


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
    assert not any(sample.real for name, sample in SAMPLES.items() if name != "stocks")


def test_generated_values_do_not_depend_on_the_machine() -> None:
    """Rounded values: a change here changes every result that was ever published with them."""
    content = pd.concat([load_sample("sine").frame["value"], load_sample("load").frame["load"]])
    digest = hashlib.sha256(content.round(1).to_csv(index=False).encode()).hexdigest()
    assert digest[:16] == "3e8c721d7ac54b6d"


def test_what_is_known_ahead_reaches_a_week_beyond_the_load() -> None:
    dataset = build_dataset(load_sample("load"), SAMPLES["load"].data)
    assert len(dataset.future) == 168
    assert list(dataset.future.columns) == ["temperature", "holiday"]
    assert dataset.num_rows == 120 * 24


def test_an_unknown_sample_names_the_nearest() -> None:
    with pytest.raises(SpecError, match='Did you mean "stocks"'):
        load_sample("stoks")
