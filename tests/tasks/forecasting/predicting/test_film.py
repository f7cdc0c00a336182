from __future__ import annotations

import json

import keras
import numpy as np
import pytest

from lstm_core.spec import ExperimentSpec
from lstm_core.tasks.forecasting.predicting.film import MOST_STEPS, Film
from lstm_core.tasks.forecasting.task import ForecastingTask
from tests.tasks.datasets import NUMBERED, make_dataset, make_sine


def make_film(num_rows: int = 300, horizon: int = 6, **options: object) -> tuple[Film, np.ndarray]:
    values = 50 + 3 * make_sine(num_rows)
    dataset = make_dataset(values, **options)  # type: ignore[arg-type]
    spec = ExperimentSpec().with_values(
        {"task.lookback": 12, "task.horizon": horizon, "task.season": 12}
    )
    task = ForecastingTask(spec, dataset)
    examples = task.prepare(None)
    film = Film(task)
    ahead = slice(film.place + 1, film.place + 1 + horizon)
    return film, np.array(film.draw(keras.Model(), examples.past[ahead, 0]))


@pytest.mark.parametrize("options", [{}, {"frequency": NUMBERED}], ids=["daily", "numbered"])
def test_the_window_is_drawn_in_the_units_of_the_data(options: dict[str, object]) -> None:
    film, drawn = make_film(**options)  # type: ignore[arg-type]
    np.testing.assert_allclose(drawn, film.frame["future"]["values"], rtol=1e-4)
    json.dumps(film.frame, allow_nan=False)


def test_it_is_the_last_window_of_the_validation_part() -> None:
    film, _ = make_film(frequency=NUMBERED)
    future = film.frame["future"]["timestamps"]
    assert future[-1] == 300 - 45 - 1  # the test part begins behind it
    assert film.frame["history"]["timestamps"][-1] + 1 == future[0]
    assert len(film.frame["history"]["values"]) == 24


def test_a_long_horizon_is_shown_up_to_a_limit() -> None:
    film, drawn = make_film(num_rows=2_000, horizon=MOST_STEPS + 10)
    assert len(drawn) == len(film.frame["future"]["values"]) == MOST_STEPS


def test_what_was_never_observed_is_not_drawn() -> None:
    observed = np.ones((300, 1), bool)
    observed[252] = False
    film, _ = make_film(observed=observed)
    assert film.frame["future"]["values"].count(None) == 1
