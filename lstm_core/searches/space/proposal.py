"""The space that is proposed for a draft and its data."""

from __future__ import annotations

import numpy as np

from lstm_core.data.series.dataset import Dataset
from lstm_core.searches.plan import prepare_base
from lstm_core.searches.space.default import SIZES, Size, propose_space
from lstm_core.spec import ExperimentSpec
from lstm_core.spec.search import SearchSpec, Space
from lstm_core.tasks.forecasting.defaults import resolve_spec
from lstm_core.tasks.forecasting.framing.calendar import list_cycles
from lstm_core.tasks.forecasting.framing.part_sizes import measure_parts

__all__ = ["SIZES", "Size", "propose_for"]


def propose_for(draft: ExperimentSpec, dataset: Dataset, size: Size) -> Space:
    """Return a space of this size around what the draft comes to on the data.

    Raises:
        DataError: the data are too few for a search.
        SpecError: the draft can't be run.
    """
    base, development = prepare_base(draft, dataset, SearchSpec())
    resolved, _ = resolve_spec(base, development)
    targets = development.frame[list(development.roles.targets)].to_numpy()
    return propose_space(
        resolved,
        measure_parts(development, resolved).num_training,
        size,
        is_positive=bool(np.min(targets) > 0),
        cycles=list_cycles(development),
    )
