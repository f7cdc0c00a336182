"""Which pairs the networks that answer have learnt from, and which they never saw."""

from __future__ import annotations

import json

import numpy as np
import streamlit as st

from lstm_core.runs.snapshots.run import Run
from lstm_core.settings import load_settings
from lstm_core.tasks.translation.framing import Framing, frame_pairs
from pages._ui.data.loading import load_run_collection
from pages._ui.server.services import get_store


def list_unseen(run: Run) -> np.ndarray:
    """Return the positions of the judged pairs that they have not learnt from, ``(n,)``."""
    framing = frame_run(run)
    found: np.ndarray = framing.positions[framing.splits[_find_fold(run)].test]
    return found


def frame_run(run: Run) -> Framing:
    """Return the parts of a run's pairs as it had them."""
    collection = load_run_collection(run.dataset_id)
    return frame_pairs((run.resolved_spec or run.spec).task, collection)


def _find_fold(run: Run) -> int:
    """Return the fold whose networks were kept, from 0: others' test parts they have learnt."""
    num_folds = (run.resolved_spec or run.spec).task.num_folds or 1
    return 0 if num_folds == 1 else _read_fold(run.id, num_folds, str(load_settings().home))


@st.cache_resource(max_entries=64, show_spinner=False)
def _read_fold(run_id: str, num_folds: int, home: str) -> int:
    task = json.loads(get_store().artifacts.get(run_id, "model.json"))["task"]
    return int(task.get("fold", num_folds)) - 1
