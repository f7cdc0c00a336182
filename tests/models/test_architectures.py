from __future__ import annotations

from importlib import import_module
from typing import Any, get_args

import keras
import pytest

from lstm_core.errors import SpecError
from lstm_core.models.registry import ARCHITECTURES, build_encoder
from lstm_core.spec import Architecture, ModelSpec, parse_spec
from tests.models.check_model import check_model, make_model

OPTIONS: dict[str, dict[str, Any]] = {
    "plain": {"segment": 2},
    "dropout and penalties": {"segment": 2, "dropout": 0.4, "l1": 1e-3, "l2": 1e-2},
}


@pytest.mark.parametrize("options", OPTIONS.values(), ids=OPTIONS)
@pytest.mark.parametrize("architecture", ARCHITECTURES)
def test_every_architecture_does_what_it_must(architecture: str, options: dict[str, Any]) -> None:
    check_model(architecture, options)


def test_the_registry_and_the_spec_name_the_same_architectures() -> None:
    assert set(ARCHITECTURES) == set(get_args(Architecture))


@pytest.mark.parametrize("name", ARCHITECTURES)
def test_every_architecture_is_told_in_words_and_can_be_built(name: str) -> None:
    entry = ARCHITECTURES[name]
    assert entry.title
    assert entry.sentence.endswith(".")
    module, _, builder = entry.builder.partition(".")
    assert callable(getattr(import_module(f"lstm_core.models.{module}"), builder))


@pytest.mark.parametrize(
    ("architecture", "layers", "kinds"),
    [
        ("vanilla", None, ["LSTM"]),
        ("stacked", None, ["LSTM", "LSTM"]),
        ("stacked", 3, ["LSTM", "LSTM", "LSTM"]),
        ("bidirectional", None, ["Bidirectional"]),
        ("gru", 2, ["GRU", "GRU"]),
    ],
)
def test_layers_are_of_the_kind_and_number_asked_for(
    architecture: Architecture, layers: int | None, kinds: list[str]
) -> None:
    model = make_model(ModelSpec(architecture=architecture, units=2, layers=layers))
    assert [type(layer).__name__ for layer in model.layers[1:-1]] == kinds


def test_a_long_window_is_few_steps_for_the_segment_lstm() -> None:
    model = make_model(ModelSpec(architecture="segment", units=3, segment=24), lookback=336)
    (recurrent,) = [layer for layer in model.layers if isinstance(layer, keras.layers.LSTM)]
    assert recurrent.input.shape == (None, 14, 3)


@pytest.mark.parametrize(
    ("model", "words"),
    [
        ({"architecture": "vanilla", "layers": 2}, 'choose "stacked" for more'),
        ({"architecture": "stacked", "layers": 1}, 'choose "vanilla" for one'),
    ],
)
def test_layers_have_to_fit_the_architecture(model: dict[str, Any], words: str) -> None:
    with pytest.raises(SpecError, match=words):
        parse_spec({"model": model})


def test_an_unknown_architecture_is_refused_with_the_nearest() -> None:
    spec = ModelSpec.model_construct(architecture="stackd")  # type: ignore[arg-type]
    with pytest.raises(SpecError, match='Did you mean "stacked"'):
        build_encoder(spec, keras.Input((2, 1)))
