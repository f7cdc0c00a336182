from __future__ import annotations

from collections.abc import Iterator
from typing import Any, get_args

import pytest

from lstm_core.spec import ExperimentSpec, describe_setting, list_settings
from pages._ui.settings.wordbook import Wordbook

WORDS = Wordbook(ExperimentSpec())
SETTINGS_OF_FORMS = [
    path
    for path in list_settings(ExperimentSpec())
    if not path.startswith("data.") and path != "task.kind"
]


def list_choices(kind: Any) -> Iterator[str]:
    """Yield the texts that a kind of setting may be, or be made of."""
    for part in get_args(kind):
        if isinstance(part, str):
            yield part
        else:
            yield from list_choices(part)


@pytest.mark.parametrize("path", [*SETTINGS_OF_FORMS, "data.missing_future"])
def test_every_setting_and_every_choice_has_words(path: str) -> None:
    words = WORDS[path]
    assert all((words.title, words.question, words.help))
    kind = describe_setting(ExperimentSpec(), path).annotation
    choices = {True, False} if bool in (kind, *get_args(kind)) else {*list_choices(kind)}
    assert set(words.values) == choices


@pytest.mark.parametrize(
    ("path", "value", "said"),
    [
        ("model.architecture", "segment", "Segment LSTM"),
        ("training.loss", "mae", "Mean absolute error"),
        ("task.test_fraction", 0.19047, "19%"),
        ("training.windows_per_epoch", 4096, "4,096"),
        ("training.learning_rate", 0.002, "0.002"),
        ("training.patience", None, "never stops early"),
        ("task.shrink", False, "No, the network alone"),
        ("data.targets", ("a", "b"), "a, b"),
        ("task.calendar", ("hour", "weekday"), "Hour of the day, Day of the week"),
        ("task.calendar", (), "nothing"),
    ],
)
def test_a_value_in_words(path: str, value: Any, said: str) -> None:
    assert WORDS.say(path, value) == said


def test_an_empty_field_means_auto_only_where_the_data_can_tell() -> None:
    assert WORDS.is_left_to_data("task.horizon")
    assert not WORDS.is_left_to_data("training.patience")
    assert not WORDS.is_left_to_data("training.clip_norm")
