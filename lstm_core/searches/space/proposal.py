"""The space that is proposed for a draft and its data."""

from __future__ import annotations

from typing import Any

from lstm_core.searches.plan import prepare_base
from lstm_core.spec import ExperimentSpec
from lstm_core.spec.search import SIZES, SearchSpec, Size, Space
from lstm_core.tasks.registry import find_kind

__all__ = ["SIZES", "Size", "propose_for"]


def propose_for(draft: ExperimentSpec, collection: Any, size: Size) -> Space:
    """Return a space of this size around what the draft comes to on the data.

    Raises:
        DataError: the data are too few for a search.
        SpecError: the draft can't be run.
    """
    kind = find_kind(draft)
    base, development = prepare_base(draft, collection, SearchSpec())
    resolved, _ = kind.resolve(base, development)
    return kind.propose_space(resolved, development, size)
