from typing import Any

import numpy as np
import pandas as pd
import pytest

from lstm_core.data.series.dataset import Dataset
from lstm_core.data.series.storing import collection_from_bytes, collection_to_bytes
from lstm_core.errors import DataError
from tests.data.tables import build

HOURS = pd.date_range("2024-01-01", periods=6, freq="h")
KNOWN = {"targets": ("value",), "known_future_covariates": ("x",)}


def make_datasets() -> dict[str, Dataset]:
    nan = float("nan")
    return {
        "hours": build({"t": HOURS, "value": [1, 2, nan, 4, 5, 7]}),
        "steps": build({"t": range(6), "value": [1, 2, nan, 4, 5, 7]}),
        "future": build({"t": HOURS, "value": [1, 2, nan, 4, nan, nan], "x": range(6)}, **KNOWN),
        "several": build(
            {
                "name": list("bbbaaaccc"),
                "t": [0, 1, 2, 5, 6, 7, 0, 1, 2],
                "value": [1, 2, 3, 4, 6, nan, 3, 2, nan],
                "x": range(9),
            },
            series="name",
            **KNOWN,
        ),
        "future of one": build(
            {
                "name": list("aaabbb"),
                "t": [0, 1, 2] * 2,
                "value": [1, 2, 3, 4, 6, nan],
                "x": range(6),
            },
            series="name",
            **KNOWN,
        ),
    }


@pytest.mark.parametrize("name", make_datasets())
def test_bytes_give_back_the_same_dataset(name: str) -> None:
    dataset = make_datasets()[name]
    back = collection_from_bytes(collection_to_bytes(dataset))
    assert back.fingerprint == dataset.fingerprint
    pd.testing.assert_frame_equal(back.frame, dataset.frame)
    pd.testing.assert_frame_equal(back.future, dataset.future, check_index_type=False)
    np.testing.assert_array_equal(back.observed, dataset.observed)
    assert back.roles == dataset.roles
    assert back.frequency == dataset.frequency
    assert (back.source, back.name, back.notes) == (dataset.source, dataset.name, dataset.notes)
    assert list(back.iterate_series()) == list(dataset.iterate_series())


@pytest.mark.parametrize("name", make_datasets())
def test_promises_of_a_dataset(name: str) -> None:
    dataset = make_datasets()[name]
    assert dataset.frame.notna().all().all()
    assert dataset.future.notna().all().all()
    assert dataset.frame.index.is_monotonic_increasing
    assert dataset.frame.index.is_unique
    for _, rows in dataset.iterate_series():
        assert dataset.observed[rows][-1].any()


@pytest.mark.parametrize(
    "change",
    [
        {"value": [1, 2, 3, 4, 5, 8]},
        {"t": HOURS + pd.Timedelta("1h")},
        {"value": [1, 2, float("nan"), 4, 5, 7]},
    ],
)
def test_fingerprints_tell_contents_apart(change: dict[str, Any]) -> None:
    columns: dict[str, Any] = {"t": HOURS, "value": [1, 2, 3, 4, 5, 7]}
    assert build(columns).fingerprint == build(columns).fingerprint
    assert build(columns | change).fingerprint != build(columns).fingerprint


@pytest.mark.parametrize("content", [b"", b"PAR1", b"a,b\n1,2\n"])
def test_other_bytes_are_refused(content: bytes) -> None:
    with pytest.raises(DataError, match="not a dataset"):
        collection_from_bytes(content)
