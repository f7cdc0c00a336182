"""Which text a run has learnt from, and which it was judged by."""

from __future__ import annotations

from lstm_core.learning.encoding.unit_kinds.face import UnitKind
from lstm_core.runs.snapshots.run import Run
from lstm_core.tasks.language.framing import Framing, frame_texts
from pages._ui.data.loading import load_run_collection


def frame_run(run: Run) -> Framing:
    """Return the parts of a run's texts as it had them."""
    collection = load_run_collection(run.dataset_id)
    return frame_texts((run.resolved_spec or run.spec).task, collection)


def find_unit_kind(run: Run) -> UnitKind:
    """Return what the run cut text into."""
    kind: UnitKind | None = (run.resolved_spec or run.spec).task.units
    return kind or "characters"
