"""What has no part in a task is not searched over."""

from __future__ import annotations

import pytest

from lstm_core.errors import SpecError
from lstm_core.searches.space.settings import check_space, list_searchable
from lstm_core.spec import ExperimentSpec, parse_spec
from lstm_core.spec.search import parse_space

LABELS = parse_spec({"data": {"kind": "items"}, "task": {"kind": "classification"}})


def test_only_what_has_a_part_is_offered() -> None:
    assert "training.loss" in list_searchable(ExperimentSpec())
    assert not {"training.loss", "model.mixing"} & set(list_searchable(LABELS))
    assert "task.pooling" in list_searchable(LABELS)


def test_a_space_of_a_file_that_names_it_is_refused() -> None:
    space = parse_space({"training.loss": ["mae", "mse"]})
    check_space(space, ExperimentSpec())
    with pytest.raises(SpecError, match="has no part in classification"):
        check_space(space, LABELS)
