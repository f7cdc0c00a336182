"""What a run kept beside its networks, as far as its page speaks of it."""

from __future__ import annotations

import json
from dataclasses import dataclass

import numpy as np
import streamlit as st

from lstm_core.runs.snapshots.run import Run
from lstm_core.settings import load_settings
from lstm_core.tasks.classification.judging.tables.predictions import Judged
from pages._ui.server.services import get_store


@dataclass(frozen=True)
class Kept:
    """Of the networks that answer.

    Attributes:
        temperature: of their probabilities.
        fold: that they were trained for, from 0: the others' test parts they have learnt from.
    """

    temperature: float
    fold: int

    def list_unseen(self, judged: Judged) -> np.ndarray:
        """Return the positions of the judged items that they have not learnt from, ``(m,)``."""
        return judged.positions[judged.folds == self.fold]


def read_kept(run: Run) -> Kept:
    """Return what a completed run kept; of folds, the networks of one."""
    return _read_kept(
        run.id, (run.resolved_spec or run.spec).task.num_folds or 1, str(load_settings().home)
    )


@st.cache_resource(max_entries=64, show_spinner=False)
def _read_kept(run_id: str, num_folds: int, home: str) -> Kept:
    task = json.loads(get_store().artifacts.get(run_id, "model.json"))["task"]
    return Kept(float(task["temperature"]), int(task.get("fold", num_folds)) - 1)
