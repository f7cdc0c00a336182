"""Fill in what the spec leaves open, from the items themselves, and say why.

The rules look at the training part alone: at what a step is, how long items are, how many there
are and of how many labels. Their figures come from measurements on public data; see
``benchmarks``.
"""

from __future__ import annotations

import numpy as np

from lstm_core.data.items.collection import ItemCollection
from lstm_core.errors import SpecError
from lstm_core.models.costs import check_size
from lstm_core.spec import SEEDS_OF_PRESETS, ExperimentSpec
from lstm_core.spec.filling import Told, fill_open
from lstm_core.tasks.classification.framing import choose_parts, frame_items
from lstm_core.tasks.classification.laying_out import count_steps, shape_items
from lstm_core.tasks.classification.network.cost import measure_cost
from lstm_core.tasks.classification.rules.learning import choose_changes, choose_learning
from lstm_core.tasks.classification.rules.network import choose_network
from lstm_core.tasks.classification.rules.reading import choose_reading
from lstm_core.tasks.classification.rules.regime import Regime


def resolve_spec(
    spec: ExperimentSpec, collection: ItemCollection
) -> tuple[ExperimentSpec, dict[str, str]]:
    """Return the spec with what the items can tell filled in, and a reason for each choice.

    A spec that comes back can be run on this collection. Reasons are keyed by
    ``"section.field"``.

    Raises:
        DataError: there are too few items or labels, or they can't be split as asked.
        SpecError: the network's layers don't go together, or it is too large for this machine.
    """
    reasons: dict[str, str] = {}
    if collection.understood is not None:
        spec = spec.model_copy(update={"data": collection.understood})
    spec = _choose_parts(spec, collection, reasons)
    framing = frame_items(spec.task, collection)
    items, train = framing.facts.items, framing.splits[0].train
    spec = fill_open(spec, "task", choose_reading(spec.task, items, train), reasons)
    lengths = np.minimum(count_steps(spec.task, items), spec.task.most_steps)
    regime = Regime.of(spec.task, items, lengths, train, framing.counts)
    task, model = choose_network(spec, regime)
    spec = fill_open(spec, "task", {**task, **choose_changes(regime)}, reasons)
    spec = fill_open(spec, "model", model, reasons)
    seeds = SEEDS_OF_PRESETS[spec.training.preset]
    spec = fill_open(
        spec, "training", {"num_seeds": (seeds, f"By the preset {spec.training.preset}.")}, reasons
    )
    spec = fill_open(spec, "training", choose_learning(spec, regime), reasons)
    _check_network(spec, collection)
    return spec, reasons


def _choose_parts(
    spec: ExperimentSpec, collection: ItemCollection, reasons: dict[str, str]
) -> ExperimentSpec:
    task = spec.task
    if task.split is not None and task.num_folds is not None:
        return spec
    choice = choose_parts(task, collection)
    found: Told = {}
    if task.split is None:
        found["split"] = (choice.how, choice.reason)
    num_folds = choice.num_folds if task.split in (None, choice.how, "time") else 1
    single = "There are items enough to judge by one split."
    found["num_folds"] = (num_folds, choice.reason if num_folds > 1 else single)
    return fill_open(spec, "task", found, reasons)


def _check_network(spec: ExperimentSpec, collection: ItemCollection) -> None:
    """Refuse layers that don't go together, and a network that is too large for this machine."""
    if spec.model.comes_trained:
        raise SpecError(
            "The pre-trained LSTM has learnt to forecast series, and tells no classes apart.",
            "Choose another network.",
        )
    vectors = collection.vectors
    if vectors is not None and spec.task.tokens == "words" and spec.task.embedding != vectors.width:
        raise SpecError(
            f"The words' vectors that were brought have {vectors.width} numbers, and "
            f"{spec.task.embedding} are asked for.",
            f"Set task.embedding to {vectors.width}, or leave it open.",
        )
    check_size(measure_cost(spec, shape_items(spec, collection)), "the items")
