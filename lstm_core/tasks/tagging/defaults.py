"""Fill in what the spec leaves open, from the sequences themselves, and say why."""

from __future__ import annotations

from lstm_core.data.tagged.collection import TaggedCollection
from lstm_core.errors import SpecError
from lstm_core.learning.encoding.stretches import Stretches
from lstm_core.models.costs import check_size
from lstm_core.spec import SEEDS_OF_PRESETS, ExperimentSpec
from lstm_core.spec.filling import Told, fill_open
from lstm_core.tasks.tagging.framing import choose_parts, frame_sequences
from lstm_core.tasks.tagging.laying_out import shape_sequences
from lstm_core.tasks.tagging.network.cost import measure_cost
from lstm_core.tasks.tagging.rules.choosing import (
    Regime,
    choose_around,
    choose_learning,
    choose_model,
    choose_reading,
)


def resolve_spec(
    spec: ExperimentSpec, collection: TaggedCollection
) -> tuple[ExperimentSpec, dict[str, str]]:
    """Return the spec with what the sequences can tell filled in, and a reason for each choice.

    A spec that comes back can be run on this collection. Reasons are keyed by
    ``"section.field"``.

    Raises:
        DataError: there are too few sequences or tags, or they can't be split as asked.
        SpecError: the network's layers don't go together, or it is too large for this machine.
    """
    reasons: dict[str, str] = {}
    if collection.understood is not None:
        spec = spec.model_copy(update={"data": collection.understood})
    if spec.model.comes_trained:
        raise SpecError(
            "The pre-trained LSTM has learnt to forecast series, and says no tags.",
            "Choose another network.",
        )
    spec = _choose_parts(spec, collection, reasons)
    is_words = collection.content == "words"
    spec = fill_open(spec, "task", choose_reading(is_words), reasons)
    regime = _look(spec, collection)
    spec = fill_open(spec, "task", choose_around(regime), reasons)
    model = choose_model(regime)
    if spec.model.architecture == "custom":
        del model["units"]
    spec = fill_open(spec, "model", model, reasons)
    seeds = SEEDS_OF_PRESETS[spec.training.preset]
    spec = fill_open(
        spec, "training", {"num_seeds": (seeds, f"By the preset {spec.training.preset}.")}, reasons
    )
    spec = fill_open(spec, "training", choose_learning(spec, regime), reasons)
    check_size(measure_cost(spec, shape_sequences(spec, collection)), "what is read at once")
    return spec, reasons


def _look(spec: ExperimentSpec, collection: TaggedCollection) -> Regime:
    framing = frame_sequences(spec.task, collection)
    shape = shape_sequences(spec, collection)
    lengths = framing.facts.sequences.lengths[framing.splits[0].train]
    num_stretches = len(Stretches.cut(lengths, spec.task.most_steps).lengths)
    return Regime(
        shape.num_words > 0, num_stretches, shape.num_words, shape.num_channels, shape.num_tags
    )


def _choose_parts(
    spec: ExperimentSpec, collection: TaggedCollection, reasons: dict[str, str]
) -> ExperimentSpec:
    task = spec.task
    if task.split is not None and task.num_folds is not None:
        return spec
    choice = choose_parts(task, collection)
    found: Told = {}
    if task.split is None:
        found["split"] = (choice.how, choice.reason)
    num_folds = choice.num_folds if task.split in (None, choice.how, "time") else 1
    single = "There are sequences enough to judge by one split."
    found["num_folds"] = (num_folds, choice.reason if num_folds > 1 else single)
    return fill_open(spec, "task", found, reasons)
