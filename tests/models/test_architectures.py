from __future__ import annotations

from typing import Any, get_args

import keras
import numpy as np
import pytest

from lstm_core.errors import SpecError
from lstm_core.models.precision import layers_in
from lstm_core.models.recipes import feeds_back, plan_model, shows_weights
from lstm_core.spec import Architecture, ModelSpec, parse_spec
from lstm_core.spec.architectures import ARCHITECTURES, BUILT
from lstm_core.spec.layers import SequenceDecoder
from tests.models.check_model import answer, check_model, make_model, make_task
from tests.shares import share

pytestmark = pytest.mark.backend(
    each=("architecture",),
    among=("segment", "peephole", "bidirectional"),
)

OWN_STACK = [
    {"kind": "conv1d", "filters": 4, "kernel_size": 2, "activation": "tanh"},
    {"kind": "gru", "units": 6, "residual": True, "bidirectional": "sum"},
    {"kind": "lstm", "units": 4, "forget_bias": -0.5},
    {"kind": "attention", "score": "dot"},
    {"kind": "dense", "units": 4, "activation": "gelu"},
]
PENALISED = {"dropout": 0.4, "l1": 1e-3, "l2": 1e-2}

IS_TENSORFLOW = keras.config.backend() == "tensorflow"
POLICY = "mixed_float16" if IS_TENSORFLOW else "mixed_bfloat16"
"""What each engine is usually trained in on a GPU."""


# Of each kind of builder one; the others stack the same layers.
@pytest.mark.parametrize(
    "architecture",
    share(BUILT, ("segment", "peephole", "attention", "bidirectional", "conv_lstm", "seq2seq")),
)
def test_every_architecture_does_what_it_must(architecture: str) -> None:
    check_model(architecture, {"segment": 2})


@pytest.mark.parametrize("architecture", share(BUILT, ("segment", "attention")))
def test_every_architecture_can_be_hidden_from_and_penalised(architecture: str) -> None:
    check_model(architecture, {"segment": 2, **PENALISED})


def test_layers_that_a_person_has_put_together_do_what_they_must() -> None:
    check_model("custom", {"units": None, "stack": OWN_STACK})


@pytest.mark.parametrize("architecture", share(BUILT, ("vanilla", "slstm")))
@pytest.mark.backend(each=())
def test_every_architecture_works_in_mixed_precision(architecture: str) -> None:
    if architecture == "transformer" and not IS_TENSORFLOW:
        pytest.skip("JAX's compiler for CPUs ends the process over a dense layer in bfloat16.")
    spec = ModelSpec.model_validate({"units": 4, "segment": 2, "architecture": architecture})
    exact = answer(make_model(spec))
    with layers_in(POLICY):
        model = make_model(spec)
        assert all(weight.dtype == "float32" for weight in model.trainable_weights)
        rough = answer(model).astype("float32")
        model.compile(optimizer=keras.optimizers.Adam(0.01), loss="mse")
        loss = float(model.train_on_batch(*make_task()))
    assert np.isfinite(loss)
    np.testing.assert_allclose(rough, exact, atol=0.05 * np.abs(exact).max())


def test_the_registry_and_the_spec_name_the_same_architectures() -> None:
    assert set(ARCHITECTURES) == set(get_args(Architecture))


@pytest.mark.parametrize("name", ARCHITECTURES)
def test_every_architecture_is_told_in_words(name: str) -> None:
    entry = ARCHITECTURES[name]
    assert entry.title
    assert entry.sentence.endswith(".")
    has_limits = entry.fewest_layers > 1 or entry.most_layers is not None
    assert (entry.instead in ARCHITECTURES) == has_limits
    assert entry.fewest_layers <= entry.usual_layers <= (entry.most_layers or entry.usual_layers)


def test_what_follows_from_an_architectures_layers() -> None:
    specs = {name: ModelSpec.model_validate({"architecture": name}) for name in BUILT}
    assert {name for name in BUILT if shows_weights(specs[name])} == {"attention"}
    assert {name for name in BUILT if feeds_back(specs[name])} == {"seq2seq"}
    own = ModelSpec.model_validate({"architecture": "custom", "stack": OWN_STACK})
    assert shows_weights(own)
    assert not feeds_back(own)
    assert feeds_back(ModelSpec(decoder=SequenceDecoder()))
    assert not shows_weights(ModelSpec())


@pytest.mark.parametrize(
    ("architecture", "layers", "kinds"),
    [
        ("vanilla", None, ["LSTM"]),
        ("stacked", None, ["LSTM", "LSTM"]),
        ("stacked", 3, ["LSTM", "LSTM", "LSTM"]),
        ("bidirectional", None, ["Bidirectional"]),
        ("gru", 2, ["GRU", "GRU"]),
        ("peephole", None, ["RNN"]),
        ("simple_rnn", None, ["SimpleRNN"]),
        ("attention", None, ["LSTM", "AttentionPooling"]),
        ("cnn_lstm", None, ["Conv1D", "MaxPooling1D", "LSTM"]),
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
        ({"architecture": "gru", "stack": OWN_STACK}, 'goes with the architecture "custom"'),
        ({"architecture": "custom"}, '"custom" needs layers'),
        ({"architecture": "custom", "stack": [{"kind": "lstmm"}]}, "model.stack"),
        (
            {"architecture": "custom", "stack": [{"kind": "lstm", "unit": 3}]},
            r'no setting "unit" in section "model.stack.0.lstm". Did you mean "units"',
        ),
        ({"architecture": "custom", "stack": [{"kind": "lstm", "units": 0}]}, "model.stack"),
    ],
)
def test_layers_have_to_fit_the_architecture(model: dict[str, Any], words: str) -> None:
    with pytest.raises(SpecError, match=words):
        parse_spec({"model": model})


def test_an_unknown_architecture_is_refused_with_the_nearest() -> None:
    spec = ModelSpec.model_construct(architecture="stackd")  # type: ignore[arg-type]
    with pytest.raises(SpecError, match='Did you mean "stacked"'):
        plan_model(spec, 5, 1)
