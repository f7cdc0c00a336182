from __future__ import annotations

import pytest

from lstm_core import errors
from lstm_core.errors import RunCancelled, SourceError, StudioError, suggest_name


def test_an_error_reads_as_one_line():
    error = StudioError("The file\n  is   empty.", " Choose a file\twith rows.\n")

    assert str(error) == "The file is empty. Choose a file with rows."
    assert (error.what, error.remedy) == ("The file is empty.", "Choose a file with rows.")


def test_an_error_without_a_remedy_has_no_trailing_blank():
    assert str(StudioError("The run was deleted.")) == "The run was deleted."


@pytest.mark.parametrize(
    "kind", ["SpecError", "DataError", "SourceError", "NotFoundError", "TrainingError"]
)
def test_every_kind_is_caught_as_a_studio_error(kind: str):
    assert issubclass(getattr(errors, kind), StudioError)


def test_only_a_source_is_worth_asking_again():
    kinds = [value for value in vars(errors).values() if hasattr(value, "retryable")]

    assert [kind for kind in kinds if kind.retryable] == [SourceError]
    assert StudioError in kinds


def test_a_cancelled_run_is_not_an_error_for_people():
    assert not issubclass(RunCancelled, StudioError)


def test_the_nearest_name_is_suggested():
    assert suggest_name("lookbak", ["horizon", "lookback"]) == ' Did you mean "lookback"?'


@pytest.mark.parametrize("known", [[], ["horizon", "season"]])
def test_nothing_is_suggested_where_nothing_is_near(known: list[str]):
    assert suggest_name("zzz", known) == ""
