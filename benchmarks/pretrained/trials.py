"""What each part of the pre-trained network is worth: equal trainings that differ in one thing.

Each trial trains as many batches as the others, is scored on held-out made-up series and on the
competitions, and prints one JSON line. Stopped at any time, the same command goes on; what is
finished is not trained again.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks.pretrained.kinds import Kind, load_kinds
from lstm_core.tasks.forecasting.pretrained.answering import keep_in_bounds
from lstm_core.tasks.forecasting.pretrained.describing import (
    OFFSETS_AT,
    PATCH,
    SUMMARY_AT,
    Description,
    describe,
    tell_rules,
)
from lstm_core.tasks.forecasting.pretrained.keras_network import Sizes
from lstm_core.tasks.forecasting.pretrained.made_up import KINDS
from lstm_core.tasks.forecasting.pretrained.network import compute_quantiles
from lstm_core.tasks.forecasting.pretrained.packing import Pretrained, unpack
from lstm_core.tasks.forecasting.pretrained.quantiles import MEDIAN
from lstm_core.tasks.forecasting.pretrained.rules.candidates import RULES
from lstm_core.tasks.forecasting.pretrained.training.batches import SHARES
from lstm_core.tasks.forecasting.pretrained.training.finishing import pack_trainings
from lstm_core.tasks.forecasting.pretrained.training.held_out import measure_loss
from lstm_core.tasks.forecasting.pretrained.training.loop import Plan, train

BATCHES = 6_000
FEW_RULES = ("last value", "drift", "short naive", "long naive")

Hide = Callable[[Description], Description]


def hide_lstm(told: Description) -> Description:
    """The head alone, with the rules and the facts about the whole of a series."""
    return replace(told, inputs=np.zeros_like(told.inputs))


def hide_rules(told: Description) -> Description:
    """Four rules in the place of all, and nothing of how they would have done."""
    kept = [RULES.index(name) for name in FEW_RULES]
    few = np.array([kept[number % len(kept)] for number in range(len(RULES))])
    candidates = told.candidates[..., few]
    offsets, summary = tell_rules(candidates)
    queries = told.queries.copy()
    queries[..., SUMMARY_AT] = summary
    queries[..., OFFSETS_AT] = offsets
    return replace(
        told,
        queries=queries,
        candidates=candidates,
        spread=np.exp(summary[..., 1]),
        tried=np.zeros_like(told.tried),
    )


def hide_tries(told: Description) -> Description:
    """Nothing of how the rules would have done at an earlier cutoff."""
    return replace(told, tried=np.zeros_like(told.tried))


def shorten(values: int) -> Hide:
    """Only the last values of the tail."""

    def hide(told: Description) -> Description:
        inputs = told.inputs.copy()
        inputs[:, : -values // PATCH] = 0
        return replace(told, inputs=inputs)

    return hide


@dataclass(frozen=True)
class Trial:
    """One training that differs from the first in one thing."""

    name: str
    seed: int = 0
    sizes: Sizes = field(default_factory=Sizes)
    hide: Hide | None = None
    shares: dict[str, float] | None = None


TRIALS = (
    Trial("as it is"),
    Trial("another seed", seed=1),
    Trial("without the LSTM", hide=hide_lstm),
    Trial("with four rules", hide=hide_rules),
    Trial("without tries of the rules", hide=hide_tries),
    Trial("tail of 48 values", hide=shorten(48)),
    Trial("tail of 24 values", hide=shorten(24)),
    Trial("one layer", sizes=Sizes(layers=1)),
    Trial("three layers", sizes=Sizes(layers=3)),
    Trial("64 units", sizes=Sizes(units=64)),
    Trial("160 units", sizes=Sizes(units=160)),
    Trial("structural series alone", shares=dict.fromkeys((k.name for k in KINDS[1:]), 0.0)),
    Trial("each kind as often", shares=dict.fromkeys((k.name for k in KINDS), 1.0)),
    Trial("a third seed", seed=2),
)
ENSEMBLES = {
    "two together": ("as it is", "another seed"),
    "three together": ("as it is", "another seed", "a third seed"),
}


def main(arguments: Sequence[str] | None = None) -> None:
    """Train what is not trained yet; print a JSON line for each trial and each ensemble."""
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.pretrained.trials",
        description=(__doc__ or "").splitlines()[0],
    )
    parser.add_argument("folder", type=Path, help="where the trainings lie")
    parser.add_argument("--data", type=Path, required=True, metavar="FOLDER")
    parser.add_argument("--batches", type=int, default=BATCHES)
    options = parser.parse_args(arguments)
    trained: dict[str, Pretrained] = {}
    for trial in TRIALS:
        folder = options.folder / trial.name.replace(" ", "-")
        plan = Plan(
            options.batches,
            trial.seed,
            sizes=trial.sizes,
            shares=trial.shares,
            hide=trial.hide,
        )
        progress = train(folder, plan)
        members, about = unpack(pack_trainings([folder], trial.sizes))
        trained[trial.name] = Pretrained(members, trial.name, about=about)
        found = score(trained[trial.name], options.data, trial.hide)
        minutes = round(progress.seconds / 60, 1)
        curve = [[batches, round(loss, 4)] for batches, _, loss, _ in progress.curve]
        print(json.dumps({"trial": trial.name, "minutes": minutes} | found | {"curve": curve}))
    for name, parts in ENSEMBLES.items():
        members = tuple(member for part in parts for member in trained[part].members)
        print(json.dumps({"trial": name} | score(Pretrained(members, name), options.data)))


def score(pretrained: Pretrained, data: Path, hide: Hide | None = None) -> dict[str, Any]:
    """The held-out loss, each rhythm as often as it is learnt, and MASE by kind."""
    losses = measure_loss(pretrained, hide)
    weights = [SHARES[name] for name in losses]
    return {
        "loss": round(float(np.average(list(losses.values()), weights=weights)), 4),
        "mase": {
            kind.name: round(float(kind.measure_mase(predict(pretrained, kind, hide)).mean()), 4)
            for kind in load_kinds(data)
        },
    }


def predict(pretrained: Pretrained, kind: Kind, hide: Hide | None = None) -> np.ndarray:
    """Medians ``(series, steps)`` where something is hidden from the network."""
    histories = kind.histories
    told = describe(histories, np.arange(1, kind.num_steps + 1))
    hidden = hide(told) if hide else told
    said = np.mean([compute_quantiles(one, hidden) for one in pretrained.members], 0, dtype=float)
    values = told.location[:, None] + told.scale[:, None] * said[..., MEDIAN]
    return keep_in_bounds(histories, values[..., None])[..., 0]


if __name__ == "__main__":
    main()
