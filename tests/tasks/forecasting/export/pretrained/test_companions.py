"""What has to stand beside a script is told by the spec."""

from __future__ import annotations

import numpy as np
import pytest

from lstm_core.errors import DataError
from lstm_core.models.fitted import members_to_bytes
from lstm_core.spec import ExperimentSpec, SeriesDataSpec
from lstm_core.tasks.forecasting.export.pretrained.companions import (
    convert_weights,
    list_companions,
)
from lstm_core.tasks.forecasting.pretrained.keras_network import (
    build_network,
    find_sizes,
    list_weights,
)
from lstm_core.tasks.forecasting.pretrained.packing import unpack
from lstm_core.tasks.forecasting.pretrained.weights import (
    VERSIONS,
    get_latest_version,
    load_version,
    read_version,
)


def ask_for(**values: object) -> ExperimentSpec:
    data = SeriesDataSpec(time="day", targets=["sales"])
    named = {name.replace("__", "."): value for name, value in values.items()}
    return ExperimentSpec(data=data).with_values(named)


def test_what_ships_is_carried_as_it_is() -> None:
    version = get_latest_version()
    spec = ask_for(
        model__architecture="pretrained",
        model__fine_tune="none",
        model__pretrained_version=version,
        training__epochs=0,
    )
    module, weights = list_companions(spec)
    assert (module.needs, weights.needs) == ((), ())
    assert weights.write({}) == read_version(version)
    assert b"def ask_networks(" in module.write({})


def test_what_trains_needs_no_companions() -> None:
    assert list_companions(ask_for(model__architecture="vanilla")) == ()


def test_fine_tuned_weights_are_carried_to_the_last_digit() -> None:
    spec = ask_for(
        model__architecture="pretrained",
        model__fine_tune="all",
        model__pretrained_version=get_latest_version(),
        training__epochs=3,
    )
    rng = np.random.default_rng(3)

    def learn(value: np.ndarray) -> np.ndarray:
        return value + rng.normal(size=value.shape).astype("float32")

    shipped = load_version(get_latest_version()).members
    learnt = [
        {
            name: value + rng.normal(size=value.shape).astype("float32")
            for name, value in one.items()
        }
        for _ in range(2)
        for one in shipped
    ]
    runs = [learnt[: len(shipped)], learnt[len(shipped) :]]
    kept = members_to_bytes([[each for one in run for each in one.values()] for run in runs])
    _, weights = list_companions(spec)
    assert weights.needs == ("weights.npz",)
    members, about = unpack(weights.write({"weights.npz": kept}))
    assert about["began_as"] == get_latest_version()
    assert len(members) == len(learnt)
    for one, other in zip(learnt, members, strict=True):
        assert one.keys() == other.keys()
        for name, value in one.items():
            assert np.array_equal(other[name], value)


@pytest.mark.parametrize("version", VERSIONS)
def test_weights_that_ship_lie_in_the_order_of_the_networks(version: str) -> None:
    for member in load_version(version).members:
        assert list(member) == list_weights(build_network(find_sizes(member)))


@pytest.mark.parametrize("count", [0, 1, 30, 40])
def test_other_weights_are_refused(count: int) -> None:
    with pytest.raises(DataError, match="do not belong"):
        convert_weights(members_to_bytes([[np.zeros(3)] * count]), get_latest_version())
