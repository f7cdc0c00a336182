"""Fill in what the spec leaves open, from the texts themselves, and say why."""

from __future__ import annotations

from lstm_core.data.documents.collection import DocumentCollection
from lstm_core.data.documents.summary import count_signs
from lstm_core.errors import SpecError
from lstm_core.models.costs import check_size
from lstm_core.spec import ExperimentSpec
from lstm_core.spec.filling import fill_open
from lstm_core.tasks.language.encoding import fit_encoding
from lstm_core.tasks.language.framing import choose_parts, frame_texts
from lstm_core.tasks.language.laying_out import lay_out, shape_text
from lstm_core.tasks.language.network.cost import measure_cost
from lstm_core.tasks.language.rules.choosing import (
    Regime,
    choose_around,
    choose_learning,
    choose_model,
    choose_reading,
)

SEEDS = {"fast": 1, "balanced": 1, "best": 3}
"""By preset. A text is written by one network: three take three times as long, and write alike."""


def resolve_spec(
    spec: ExperimentSpec, collection: DocumentCollection
) -> tuple[ExperimentSpec, dict[str, str]]:
    """Return the spec with what the texts can tell filled in, and a reason for each choice.

    A spec that comes back can be run on this collection. Reasons are keyed by
    ``"section.field"``.

    Raises:
        DataError: there is too little text, or it can't be split as asked.
        SpecError: the network's layers don't go together, or it is too large for this machine.
    """
    reasons: dict[str, str] = {}
    if collection.understood is not None:
        spec = spec.model_copy(update={"data": collection.understood})
    if spec.model.comes_trained:
        raise SpecError(
            "The pre-trained LSTM has learnt to forecast series, and writes no text.",
            "Choose another network.",
        )
    choice = choose_parts(collection)
    spec = fill_open(spec, "task", {"split": (choice.how, choice.reason)}, reasons)
    frame_texts(spec.task, collection)
    num_signs = count_signs(collection.texts).num_signs
    reading = choose_reading(collection.num_characters, num_signs, spec.task.units)
    spec = fill_open(spec, "task", reading, reasons)
    regime = _look(spec, collection)
    spec = fill_open(spec, "task", choose_around(regime), reasons)
    model = choose_model(regime)
    if spec.model.architecture == "custom":
        del model["units"]
    spec = fill_open(spec, "model", model, reasons)
    preset = spec.training.preset
    seeds = (SEEDS[preset], f"By the preset {preset}.")
    spec = fill_open(spec, "training", {"num_seeds": seeds}, reasons)
    spec = fill_open(spec, "training", choose_learning(spec, regime), reasons)
    check_size(measure_cost(spec, shape_text(spec, collection)), "what is read at once")
    return spec, reasons


def _look(spec: ExperimentSpec, collection: DocumentCollection) -> Regime:
    framing = frame_texts(spec.task, collection)
    encoding = fit_encoding(spec.task, framing)
    feed = lay_out(spec.task, framing, encoding, shape_text(spec, collection))
    return Regime(encoding.units.kind, encoding.units.size, feed.learnt[1], spec.task.steps)
