"""What a search may see, and how its trials are judged."""

from __future__ import annotations

import numpy as np

from lstm_core.data.pairs.collection import PairCollection
from lstm_core.errors import DataError
from lstm_core.spec import ExperimentSpec
from lstm_core.spec.search import SearchSpec
from lstm_core.tasks.translation.framing import choose_parts, frame_pairs

MOST_SCORED = 0.35
MOST_FOLDS = 3
"""Of a trial: more cost more than they tell."""


def hold_out_test(spec: ExperimentSpec, collection: PairCollection) -> PairCollection:
    """Return the pairs that are not kept apart to judge; the spec, filled in, has one split.

    Raises:
        DataError: nothing is left.
    """
    framing = frame_pairs(spec.task, collection)
    split = framing.splits[0]
    kept = np.sort(np.concatenate([split.train, split.validation]))
    if not len(kept):
        raise DataError("Nothing is left beside the test part.", "Keep fewer pairs apart.")
    return framing.pairs.select(kept)


def prepare_trials(
    draft: ExperimentSpec,
    resolved: ExperimentSpec,
    development: PairCollection,
    settings: SearchSpec,
) -> ExperimentSpec:
    """Return the draft as trials have it; arguments as in ``TaskKind.prepare_trials``."""
    task = resolved.task
    share = min(MOST_SCORED, task.test_fraction / (1.0 - task.test_fraction))
    # A test part as given is not there any more; what else is known of groups counts.
    how = None if task.split == "given" else task.split
    choice = choose_parts(task.model_copy(update={"test_fraction": share}), development)
    num_folds = settings.num_folds or min(MOST_FOLDS, choice.num_folds)
    values = {
        "test_fraction": share,
        "validation_fraction": task.validation_fraction,
        "keep_copies_together": task.keep_copies_together,
        "split": how or ("stratified" if choice.how == "given" else choice.how),
        "num_folds": num_folds,
    }
    # What a unit is, is told by all pairs: trials are compared in the same units.
    names = ("source_units", "target_units", "source_vocabulary", "target_vocabulary", "rarest")
    return draft.update("task", values | {name: getattr(task, name) for name in names})
