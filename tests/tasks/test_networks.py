"""Each task offers the networks that it has a use for."""

from __future__ import annotations

from lstm_core.races.plan import DRAFT, list_open_names
from lstm_core.searches.space.settings import list_searchable
from lstm_core.searches.space.suggestion import list_named_values
from lstm_core.spec import ExperimentSpec, parse_spec
from lstm_core.tasks.networks import list_architectures

FORECAST = ExperimentSpec()
LABELS = parse_spec({"data": {"kind": "items"}, "task": {"kind": "classification"}})


def test_what_has_learnt_to_forecast_labels_nothing() -> None:
    assert "pretrained" in list_architectures(FORECAST)
    assert "pretrained" not in list_architectures(LABELS)
    assert set(list_architectures(FORECAST)) - set(list_architectures(LABELS)) == {"pretrained"}
    for spec in (FORECAST, LABELS):
        assert "custom" not in list_architectures(spec)


def test_races_and_searches_offer_the_same() -> None:
    for spec in (FORECAST, LABELS):
        assert list_open_names(spec) == (DRAFT, *list_architectures(spec))
        assert list_named_values("model.architecture", spec) == list_architectures(spec)
    assert "model.fine_tune" in list_searchable(FORECAST)
    assert "model.fine_tune" not in list_searchable(LABELS)
