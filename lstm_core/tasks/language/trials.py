"""What a search may see, and how its trials are judged."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from lstm_core.data.documents.collection import DocumentCollection
from lstm_core.data.items.collection import as_objects
from lstm_core.errors import DataError
from lstm_core.spec import ExperimentSpec
from lstm_core.tasks.language.framing import frame_texts

MOST_SCORED = 0.3


def hold_out_test(spec: ExperimentSpec, collection: DocumentCollection) -> DocumentCollection:
    """Return the texts without what is kept apart to judge; the spec is filled in.

    Raises:
        DataError: nothing is left.
    """
    split = frame_texts(spec.task, collection).split
    ends = dict.fromkeys(range(collection.num_documents), 0)
    for stretch in (*split.train, *split.validation):
        ends[stretch.document] = max(ends[stretch.document], stretch.stop)
    kept = np.array([number for number, end in ends.items() if end], np.int64)
    if not len(kept):
        raise DataError("Nothing is left beside the test part.", "Keep less text apart.")
    texts = as_objects([collection.texts[number][: ends[int(number)]] for number in kept])
    return replace(collection.select(kept), texts=texts)


def prepare_trials(draft: ExperimentSpec, resolved: ExperimentSpec) -> ExperimentSpec:
    """Return the draft as trials have it; arguments as in ``TaskKind.prepare_trials``."""
    task = resolved.task
    share = min(MOST_SCORED, task.test_fraction / (1.0 - task.test_fraction))
    # A test part as given is not there any more.
    how = "end" if task.split == "given" else task.split
    values = {
        "test_fraction": share,
        "validation_fraction": task.validation_fraction,
        "split": how,
        # What a unit is, is told by the whole text's size: trials are compared in the same units.
        "units": task.units,
        "vocabulary": task.vocabulary,
        "rarest": task.rarest,
    }
    return draft.update("task", values)
