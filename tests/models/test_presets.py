from __future__ import annotations

import pytest

from lstm_core.models.plan import plan_encoder
from lstm_core.models.presets import PRESETS, use_preset
from lstm_core.models.segments import find_segment
from lstm_core.spec import ExperimentSpec


@pytest.mark.parametrize("name", PRESETS)
@pytest.mark.parametrize(("lookback", "season"), [(1, 1), (2, 7), (16, 1), (336, 24), (730, 365)])
def test_every_preset_fits_every_window(name: str, lookback: int, season: int) -> None:
    stack, decoder = PRESETS[name].build(lookback, season)
    plan_encoder(stack, decoder, lookback, 1)


def test_a_preset_replaces_the_network_and_keeps_the_rest() -> None:
    before = ExperimentSpec().with_values(
        {
            "task.horizon": 7,
            "model.architecture": "stacked",
            "model.layers": 3,
            "model.units": 99,
            "model.mixing": False,
        }
    )
    spec = use_preset(before, PRESETS["season"], 28, 7)
    assert spec.model.architecture == "custom"
    assert [layer.kind for layer in spec.model.stack] == ["segments", "dense", "lstm"]
    assert spec.model.decoder is not None
    assert spec.model.decoder.kind == "segments"
    assert (spec.model.units, spec.model.layers, spec.model.mixing) == (None, None, False)
    assert spec.task.horizon == 7


def test_a_preset_sets_what_its_sentence_says_and_the_next_one_takes_it_back() -> None:
    tiny = use_preset(ExperimentSpec(), PRESETS["tiny"], 12, 1)
    assert (tiny.task.shrink, tiny.training.num_seeds) == (True, 5)
    prices = use_preset(tiny, PRESETS["prices"], 12, 1)
    assert (prices.task.window_normalisation, prices.task.shrink) == ("last_value", True)
    assert prices.training.num_seeds is None
    textbook = use_preset(prices, PRESETS["textbook"], 12, 1)
    assert (textbook.task.window_normalisation, textbook.task.shrink) == (None, None)


@pytest.mark.parametrize(
    ("lookback", "season", "length"),
    [
        (336, 24, 24),
        (60, 24, 24),
        (40, 24, 12),
        (100, 50, 25),
        (730, 365, 5),
        (3, 7, 1),
        (1, 12, 1),
        (60, 53, 24),
    ],
)
def test_segments_divide_the_season_and_fit_twice(lookback: int, season: int, length: int) -> None:
    assert find_segment(season, lookback) == length
