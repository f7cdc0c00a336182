from __future__ import annotations

import numpy as np
import pytest

from lstm_core.tasks.classification.explaining.gradients import Attribution, integrate, list_points
from lstm_core.tasks.classification.explaining.occlusion import (
    MOST_VARIANTS,
    Answer,
    explain,
    hide_steps,
    hide_tokens,
)


def add_up(weights: np.ndarray, asked: list[int] | None = None) -> Answer:
    """Answer as a model whose log-odds are the sum of what is shown."""

    def answer(hidden: np.ndarray) -> np.ndarray:
        if asked is not None:
            asked.append(len(hidden))
        odds = (~hidden) @ weights
        own = 1 / (1 + np.exp(-odds))
        return np.column_stack([1 - own, own])

    return answer


def test_what_adds_up_is_found_as_it_is() -> None:
    weights = np.asarray([0.0, 0.0, 2.0, 1.5, 0.0, -1.0, 0.0, 0.0, 0.1, 0.0])
    found = explain(add_up(weights), 10)
    assert found.label == 1
    assert found.probability == pytest.approx(1 / (1 + np.exp(-2.6)))
    assert found.without == 0.5
    assert found.scores == pytest.approx(weights, abs=0.06)
    assert [(span.start, span.stop) for span in found.spans] == [(2, 4), (5, 6)]
    assert found.spans[0].score == pytest.approx(3.5, abs=0.1)
    assert found.spans[1].score < 0
    against = explain(add_up(weights), 10, label=0)
    assert against.scores == pytest.approx(-found.scores)


def test_what_speaks_for_a_label_is_found_however_sure_the_network_is() -> None:
    def answer(hidden: np.ndarray) -> np.ndarray:
        odds = 40.0 + 3.0 * (~hidden)[:, 2]
        return np.column_stack([np.exp(-odds), np.ones(len(hidden))])  # 1 to the last digit

    found = explain(answer, 8)
    assert found.scores[2] == pytest.approx(3.0, abs=0.1)
    assert [(span.start, span.stop) for span in found.spans] == [(2, 3)]


def test_what_is_said_twice_is_found_by_hiding_both() -> None:
    def answer(hidden: np.ndarray) -> np.ndarray:
        shown = ~hidden
        own = np.where(shown[:, 3] | shown[:, 4], 0.95, 0.1)  # either word is enough
        return np.column_stack([1 - own, own])

    found = explain(answer, 9)
    assert set(np.argsort(-found.scores)[:2]) == {3, 4}
    assert (found.spans[0].start, found.spans[0].stop) == (3, 5)


def test_long_items_are_asked_about_a_bounded_number_of_times() -> None:
    weights = np.zeros(3_000)
    weights[1_000:1_050] = 0.1
    asked: list[int] = []
    found = explain(add_up(weights, asked), 3_000, batch=50)
    assert sum(asked) == found.num_variants <= MOST_VARIANTS
    assert max(asked) <= 50
    assert found.scores.shape == (3_000,)
    span = found.spans[0]
    assert span.start <= 1_000
    assert span.stop >= 1_050
    assert span.stop - span.start <= 120
    assert span.score == pytest.approx(5.0, abs=0.3)


@pytest.mark.parametrize("num_steps", [1, 2, 3, 5])
def test_short_items(num_steps: int) -> None:
    found = explain(add_up(np.linspace(1.0, 2.0, num_steps)), num_steps)
    assert len(found.scores) == num_steps
    assert found.scores.sum() == pytest.approx(np.linspace(1.0, 2.0, num_steps).sum(), rel=0.05)


def test_nothing_speaks_where_nothing_matters() -> None:
    found = explain(add_up(np.zeros(12)), 12)
    assert not found.scores.any()
    assert found.spans == []


def test_certainty_beyond_figures_stays_finite() -> None:
    found = explain(lambda hidden: np.tile([0.0, 1.0], (len(hidden), 1)), 6)
    assert np.isfinite(found.scores).all()


def test_hidden_steps_make_no_jump() -> None:
    values = np.asarray([[0.0, 5.0], [9.0, 5.0], [9.0, 5.0], [3.0, 8.0]])
    hidden = np.asarray(
        [[False] * 4, [False, True, True, False], [True, False, False, False], [True] * 4]
    )
    found = hide_steps(values, hidden)
    assert np.array_equal(found[0], values)
    assert found[1, :, 0].tolist() == [0, 1, 2, 3]
    assert found[1, :, 1].tolist() == pytest.approx([5, 6, 7, 8])
    assert found[2, 0].tolist() == [9, 5]
    assert found[3].tolist() == [[5.25, 5.75]] * 4
    tokens = hide_tokens(np.asarray([4, 5, 6, 7]), hidden, instead=1)
    assert tokens[1].tolist() == [4, 1, 1, 7]


def test_integrated_gradients_add_up() -> None:
    rng = np.random.default_rng(0)
    values, baseline = rng.normal(size=(5, 3)), np.zeros((5, 3))
    weights = rng.normal(size=(5, 3))

    def measure(points: np.ndarray) -> np.ndarray:
        return (weights * points**3).sum(axis=(1, 2))

    def attribute(num_points: int) -> Attribution:
        points = list_points(values, baseline, num_points)
        gradients = 3 * weights * points**2
        ends = measure(np.stack([values, baseline]))
        return integrate(gradients, values, baseline, *map(float, ends))

    many, few = attribute(50), attribute(2)
    assert many.scores == pytest.approx((weights * values**3).sum(axis=1), rel=0.01)
    assert many.gap < 0.001
    assert many.is_complete
    assert few.gap == pytest.approx(0.5)
    assert not few.is_complete
