"""Which pairs the networks that answer have learnt from, and which they never saw."""

from __future__ import annotations

import numpy as np

from lstm_core.runs.snapshots.run import Run
from lstm_core.tasks.translation.framing import Framing, frame_pairs
from pages._ui.data.loading import load_run_collection


def list_unseen(run: Run) -> np.ndarray:
    """Return the positions of the judged pairs that they have not learnt from, ``(n,)``.

    In folds, the networks that are kept are those of the last one.
    """
    framing = frame_run(run)
    found: np.ndarray = framing.positions[framing.splits[-1].test]
    return found


def frame_run(run: Run) -> Framing:
    """Return the parts of a run's pairs as it had them."""
    collection = load_run_collection(run.dataset_id)
    return frame_pairs((run.resolved_spec or run.spec).task, collection)
