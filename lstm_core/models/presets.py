"""Networks to begin with, each with the few settings around it that it is made for."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from lstm_core.models.segments import find_segment
from lstm_core.spec import ExperimentSpec, ModelSpec, list_settings
from lstm_core.spec.layers import (
    Decoder,
    DenseLayer,
    DirectDecoder,
    Layer,
    LstmLayer,
    SegmentDecoder,
    SegmentsLayer,
)

Stack = tuple[Layer, ...]

_SEASON_OF_NONE = 12
"""Cut by this where no season was found."""


@dataclass(frozen=True)
class Preset:
    """One network to begin with.

    Attributes:
        title: its name in a list.
        sentence: what it is, and when it helps; tells of its settings as well.
        build: makes layers and decoder for a lookback and a season, in steps.
        settings: ``section.key`` and value of what it sets beside the network.
    """

    title: str
    sentence: str
    build: Callable[[int, int], tuple[Stack, Decoder]]
    settings: Mapping[str, Any]


def use_preset(spec: ExperimentSpec, preset: Preset, lookback: int, season: int) -> ExperimentSpec:
    """Return a spec with the preset's network and settings.

    What other presets would set is left to the data again.
    """
    stack, decoder = preset.build(lookback, season)
    known = set(list_settings(spec))
    settings = (path for other in PRESETS.values() for path in other.settings)
    opinions = {path: None for path in settings if path in known}
    return set_layers(spec.with_values({**opinions, **preset.settings}), stack, decoder)


def set_layers(spec: ExperimentSpec, stack: Stack, decoder: Decoder) -> ExperimentSpec:
    """Return a spec whose network is these layers; what speaks of all layers at once is gone.

    Raises:
        SpecError: a value is refused.
    """
    network = {
        **ModelSpec().model_dump(),
        "architecture": "custom",
        "mixing": spec.model.mixing,
        "stack": [layer.model_dump() for layer in stack],
        "decoder": decoder.model_dump(),
    }
    return spec.with_values({f"model.{key}": value for key, value in network.items()})


def _learn_season(lookback: int, season: int) -> tuple[Stack, Decoder]:
    length = find_segment(season if season > 1 else _SEASON_OF_NONE, lookback)
    stack = (SegmentsLayer(length=length), DenseLayer(units=64), LstmLayer(units=64))
    return stack, SegmentDecoder(length=length)


PRESETS: dict[str, Preset] = {
    "textbook": Preset(
        "Textbook",
        "One LSTM of 32 units and one dense layer, as in every course: small enough to "
        "understand, and a fair first try on anything.",
        lambda lookback, season: ((LstmLayer(units=32),), DirectDecoder()),
        {},
    ),
    "season": Preset(
        "Season learner",
        "Reads whole segments, such as days, as single steps: helps where a rhythm returns, "
        "such as load, traffic or sales.",
        _learn_season,
        {},
    ),
    "prices": Preset(
        "Price series",
        "A small LSTM with dropout that sees changes since the last value, and is mixed with "
        "yesterday's price as far as that is safer: helps where values wander.",
        lambda lookback, season: ((LstmLayer(units=24, dropout=0.1),), DirectDecoder()),
        {"task.window_normalisation": "last_value", "task.shrink": True},
    ),
    "tiny": Preset(
        "Tiny data",
        "Eight units, dropout and a penalty, five networks whose median predicts, mixed with a "
        "baseline: helps with a few hundred rows or less.",
        lambda lookback, season: ((LstmLayer(units=8, dropout=0.1, l2=1e-4),), DirectDecoder()),
        {"task.shrink": True, "training.num_seeds": 5},
    ),
}


def list_presets(spec: ExperimentSpec, *, has_decoder: bool) -> dict[str, Preset]:
    """Return the presets all of whose settings the spec's task has.

    Args:
        has_decoder: whether what goes on from the layers may be chosen there.
    """
    known = set(list_settings(spec))
    return {
        name: preset
        for name, preset in PRESETS.items()
        if known.issuperset(preset.settings)
        and (has_decoder or isinstance(preset.build(*_ANY)[1], DirectDecoder))
    }


_ANY = 24, 12
"""A lookback and a season: which decoder a preset has depends on neither."""
