"""Which network suits items of a kind."""

from __future__ import annotations

import math
from contextlib import suppress

import numpy as np

from lstm_core.errors import SpecError
from lstm_core.models.plan import plan_items
from lstm_core.models.recipes import expand_architecture
from lstm_core.spec import ExperimentSpec, ModelSpec
from lstm_core.spec.filling import Told
from lstm_core.spec.layers.layer import Size
from lstm_core.tasks.classification.rules.regime import Regime

FEW_ITEMS = 5_000
"""Below it, a network of 32 units each way learns as well as a wider one."""

MOST_READ = 128
"""Steps that an LSTM is given to read: longer signals are shortened until they fit."""

MOST_PLACES = 300
"""Steps of items of one length that may each have a vector of their own."""

_SHARE = 0.95
"""Of the items, that are to fit."""


def choose_network(spec: ExperimentSpec, regime: Regime) -> tuple[Told, Told]:
    """Choose what stands around the layers, and the layers: settings of ``task`` and ``model``."""
    units, reason = _choose_units(regime)
    own = spec.model.units or units
    has_places = _has_places(regime) if spec.task.places is None else spec.task.places
    task: Told = {
        "places": (
            has_places,
            "All items have one length, and a symbol's place may tell as much as itself."
            if has_places
            else "A step's place tells nothing by itself.",
        ),
        "pooling": (
            ("each", "Places mean something, so that each is looked at.")
            if has_places and regime.has_one_length and keeps_steps(spec.model)
            else ("mean_max", "What is usual in an item, and what stands out.")
        ),
        "head_dropout": (0.5, "Half: there are few items for so many weights."),
        **_choose_convolutions(spec, regime),
    }
    if regime.steps != "numbers":
        is_word = regime.steps == "words"
        task["embedding"] = (
            own if is_word else 32,
            "As wide as the layer that reads it." if is_word else "There are few of them.",
        )
        if is_word and regime.vector_width:
            task["embedding"] = (regime.vector_width, "As many as the vectors that were brought.")
    elif has_places:
        task["embedding"] = (32, "What places are added to.")
    model: Told = {
        "architecture": (
            "bidirectional",
            "An item is there as a whole: each step is read with what comes before and after.",
        )
    }
    if spec.model.architecture != "custom":
        model["units"] = (units, reason)
        if spec.model.architecture in ("segment", "conv_lstm"):
            model["segment"] = (_choose_segment(spec, regime), "Some dozens of stretches an item.")
    return task, model


def keeps_steps(spec: ModelSpec) -> bool:
    """Whether the last layer leaves steps to look at, and has not made one vector of them."""
    if spec.architecture is None:
        return True
    stack, _ = expand_architecture(spec.model_copy(update={"units": spec.units or 8}), 8)
    with suppress(SpecError):  # said where the network is planned
        return plan_items(stack, Size(8, 8, True), keeps_steps=True).end.steps is not None
    return True


def _choose_units(regime: Regime) -> tuple[int, str]:
    if regime.has_many_labels:
        return 128, f"{regime.num_labels} labels need room to stand apart."
    if regime.num_items < FEW_ITEMS:
        return 32, f"{regime.num_items:,} items to learn from are few."
    return 64, "Wide enough for what was measured on public data."


def _has_places(regime: Regime) -> bool:
    """Whether step 17 of one item answers to step 17 of another: letters of one length."""
    is_short = bool(regime.lengths.max() <= MOST_PLACES)
    return regime.steps == "letters" and regime.has_one_length and is_short


def _choose_convolutions(spec: ExperimentSpec, regime: Regime) -> Told:
    """Motifs of letters; for signals as many as it takes to shorten them."""
    if regime.steps == "words":
        return {
            "convolutions": (0, "A word is a motif already."),
            "kernel": (3, "Without convolutions it has no part."),
            "filters": (32, "Without convolutions it has no part."),
            "shorten": (1, "Every word is read."),
        }
    reach = float(np.quantile(regime.lengths, _SHARE))
    halvings = max(0, math.ceil(math.log2(reach / MOST_READ)))
    shorten = spec.task.shorten or 2**halvings
    why_short = (
        f"{MOST_READ} steps are about what an LSTM remembers."
        if halvings
        else "Items are short enough as they are."
    )
    if regime.steps == "letters":
        return {
            "convolutions": (1, "A letter says little, some in a row are a motif."),
            "kernel": (5, "Some letters in a row are a motif."),
            "filters": (32, "As many motifs as were enough on public data."),
            "shorten": (shorten, why_short),
        }
    count = max(1, math.ceil(math.log2(shorten) / 2))
    return {
        "convolutions": (
            count,
            "One that smooths and compares neighbours."
            if count == 1
            else f"Each makes one of up to four steps: {count} for {reach:,.0f} steps.",
        ),
        "kernel": (3 if halvings == 0 else 5, "Wide enough for a slope or a peak."),
        "filters": (64, "As many shapes as were enough on public data."),
        "shorten": (shorten, why_short),
    }


def _choose_segment(spec: ExperimentSpec, regime: Regime) -> int:
    usual = int(np.median(regime.lengths))
    return int(np.clip(round(usual / 24), 2, 48))
