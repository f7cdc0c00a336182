from __future__ import annotations

import numpy as np
import pandas as pd

from lstm_core.data.series.profile.dataset_profile import profile_dataset
from lstm_core.data.series.profile.wording import say_profile
from tests.tasks.datasets import make_dataset


def say(values: np.ndarray) -> list[str]:
    dataset = make_dataset(values)
    return say_profile(profile_dataset(dataset), dataset.frequency.unit)


def test_whole_values_with_many_zeros_are_called_so() -> None:
    values = np.tile([0.0, 0.0, 3.0, 0.0, 5.0, 1.0, 0.0], 20)
    assert "Values lie between 0 and 5, whole numbers, never negative, 57% of them zero." in say(
        values
    )


def test_seasons_and_what_stands_out_are_named() -> None:
    values = 10 + np.tile(np.sin(np.arange(7) * 2 * np.pi / 7), 30)
    values[100] = 1e6
    told = say(values)
    assert any("every week" in sentence for sentence in told)
    day = make_dataset(values).frame.index.get_level_values("time")[100]
    named = str(pd.Timestamp(day).date())
    assert any(sentence.startswith("1 value stands far") and named in sentence for sentence in told)
    assert "No value is missing." in told
