"""What a spec comes to is worked out once for a collection, and forgotten with it."""

from __future__ import annotations

import gc
from typing import Any

import numpy as np
import pytest

from lstm_core.spec import ExperimentSpec
from lstm_core.tasks.forecasting.kind import Forecasting
from pages._ui.data import outlook
from pages._ui.data.outlook import Outlook
from tests.tasks.datasets import make_dataset

VALUES = np.random.default_rng(0).normal(size=200)


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[ExperimentSpec]:
    """The specs that were worked out."""
    asked: list[ExperimentSpec] = []
    resolve = Forecasting.resolve

    def note(self: Forecasting, spec: ExperimentSpec, collection: Any) -> Any:
        asked.append(spec)
        return resolve(self, spec, collection)

    monkeypatch.setattr(Forecasting, "resolve", note)
    return asked


def test_it_is_worked_out_once_for_each_spec_and_collection(asked: list[ExperimentSpec]) -> None:
    dataset, spec = make_dataset(VALUES), ExperimentSpec()
    first = Outlook.of(spec, dataset)
    first.reasons.clear()
    again = Outlook.of(ExperimentSpec(), dataset)
    assert (again.resolved, len(asked)) == (first.resolved, 1)
    assert again.reasons
    Outlook.of(spec.with_values({"task.horizon": 3}), dataset)
    other = Outlook.of(spec, make_dataset(VALUES[:60]))
    assert len(asked) == 3
    assert other.resolved != first.resolved


def test_a_refusal_is_remembered_too(asked: list[ExperimentSpec]) -> None:
    dataset = make_dataset(VALUES)
    spec = ExperimentSpec().with_values({"task.horizon": 4_000})
    assert Outlook.of(spec, dataset).error is Outlook.of(spec, dataset).error is not None
    assert len(asked) == 1


def test_what_is_known_of_a_collection_goes_with_it() -> None:
    dataset = make_dataset(VALUES)
    before = len(outlook._KNOWN._found)
    Outlook.of(ExperimentSpec(), dataset)
    assert len(outlook._KNOWN._found) == before + 1
    del dataset
    gc.collect()
    assert len(outlook._KNOWN._found) <= before
