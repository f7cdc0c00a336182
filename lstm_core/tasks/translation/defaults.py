"""Fill in what the spec leaves open, from the pairs themselves, and say why."""

from __future__ import annotations

import numpy as np

from lstm_core.data.pairs.collection import PairCollection
from lstm_core.errors import SpecError
from lstm_core.models.costs import check_size
from lstm_core.spec import ExperimentSpec
from lstm_core.spec.architectures import ARCHITECTURES
from lstm_core.spec.filling import Told, fill_open
from lstm_core.tasks.translation.encoding import fit_encoding, fit_sides
from lstm_core.tasks.translation.framing import Framing, choose_parts, frame_pairs
from lstm_core.tasks.translation.laying_out import shape_pairs
from lstm_core.tasks.translation.network.cost import measure_cost
from lstm_core.tasks.translation.rules.choosing import (
    Regime,
    choose_around,
    choose_learning,
    choose_model,
    choose_steps,
    choose_units,
)

SEEDS = {"fast": 1, "balanced": 1, "best": 3}
"""By preset: several networks say what comes next together, and take as many times as long."""


def resolve_spec(
    spec: ExperimentSpec, collection: PairCollection
) -> tuple[ExperimentSpec, dict[str, str]]:
    """Return the spec with what the pairs can tell filled in, and a reason for each choice.

    A spec that comes back can be run on this collection. Reasons are keyed by
    ``"section.field"``.

    Raises:
        DataError: there are too few pairs, or they can't be split as asked.
        SpecError: the network's layers don't go together, or it is too large for this machine.
    """
    reasons: dict[str, str] = {}
    if collection.understood is not None:
        spec = spec.model_copy(update={"data": collection.understood})
    if spec.model.comes_trained:
        raise SpecError(
            "The pre-trained LSTM has learnt to forecast series, and translates nothing.",
            "Choose another network.",
        )
    spec = _choose_parts(spec, collection, reasons)
    framing = frame_pairs(spec.task, collection)
    spec = _choose_reading(spec, framing, reasons)
    encoding = fit_encoding(spec.task, framing)
    split = framing.splits[0]
    regime = Regime(encoding.target.kind, encoding.target.size, len(split.train))
    spec = fill_open(spec, "task", choose_around(regime), reasons)
    model = choose_model(regime)
    if spec.model.architecture == "custom":
        del model["units"]
    if not _can_be_stacked(spec.model.architecture):
        del model["layers"]
    spec = fill_open(spec, "model", model, reasons)
    preset = spec.training.preset
    seeds = (SEEDS[preset], f"By the preset {preset}.")
    spec = fill_open(spec, "training", {"num_seeds": seeds}, reasons)
    spec = fill_open(spec, "training", choose_learning(spec, regime), reasons)
    check_size(measure_cost(spec, shape_pairs(spec, collection)), "what is read at once")
    return spec, reasons


def _can_be_stacked(architecture: str | None) -> bool:
    entry = ARCHITECTURES.get(architecture or "bidirectional")
    return entry is not None and entry.recipe is not None and entry.most_layers is None


def _choose_parts(
    spec: ExperimentSpec, collection: PairCollection, reasons: dict[str, str]
) -> ExperimentSpec:
    task = spec.task
    choice = choose_parts(task, collection)  # refuses too few
    found: Told = {}
    if task.split is None:
        found["split"] = (choice.how, choice.reason)
    if task.num_folds is None:
        num_folds = choice.num_folds if task.split in (None, choice.how) else 1
        single = "There are pairs enough to judge by one split."
        found["num_folds"] = (num_folds, choice.reason if num_folds > 1 else single)
    return fill_open(spec, "task", found, reasons)


def _choose_reading(
    spec: ExperimentSpec, framing: Framing, reasons: dict[str, str]
) -> ExperimentSpec:
    pairs, train = framing.pairs, framing.splits[0].train
    sides = {"source": pairs.sources[train].tolist(), "target": pairs.targets[train].tolist()}
    for side, texts in sides.items():
        asked = getattr(spec.task, f"{side}_units")
        spec = fill_open(spec, "task", choose_units(side, texts, asked), reasons)
    spells = {spec.task.source_units, spec.task.target_units} == {"characters"}
    once = (1, "Every sign counts, however rare it is.")
    twice = (2, "What occurs once tells nothing of what it becomes.")
    spec = fill_open(spec, "task", {"rarest": once if spells else twice}, reasons)
    if spec.task.most_steps is not None:
        return spec
    fitted = fit_sides(spec.task, framing)
    longer = np.maximum(fitted.before, fitted.after)[train]
    return fill_open(spec, "task", choose_steps(longer), reasons)
