from __future__ import annotations

import numpy as np
import pytest

from lstm_core.tasks.forecasting.baselines.regression import fit_regression

WEEK = 7


def make_table(num_rows: int, seed: int = 0) -> tuple[np.ndarray, np.ndarray]:
    """Make a target of a week, two covariates and an error of which .7 stays; and these two."""
    generator = np.random.default_rng(seed)
    known = np.column_stack([generator.normal(size=num_rows), generator.random(num_rows) < 0.1])
    week = np.array([3.0, 1.0, 0.0, -1.0, 0.0, 2.0, -5.0])[np.arange(num_rows) % WEEK]
    error = np.zeros(num_rows)
    for row in range(1, num_rows):
        error[row] = 0.7 * error[row - 1] + generator.normal(0, 0.5)
    return 20 + week + known @ [4.0, -6.0] + error, known


def test_it_finds_what_the_values_were_made_of() -> None:
    values, known = make_table(600)
    model = fit_regression(values, known, 0, (WEEK,))
    np.testing.assert_allclose(model.coefficients[1:3], [4.0, -6.0], atol=0.3)
    assert model.phi == pytest.approx(0.7, abs=0.1)
    ahead = model.predict(values[:500], np.array([499]), 50, known)[0]
    assert np.abs(ahead - values[500:550]).mean() < 1.0


def test_it_equals_the_iterated_estimate_of_statsmodels() -> None:
    from statsmodels.regression.linear_model import GLSAR

    values, known = make_table(800, seed=1)
    ours = fit_regression(values, known, 0, ())
    theirs = GLSAR(values, np.column_stack([np.ones(800), known]), rho=1)
    found = theirs.iterative_fit(maxiter=30)
    np.testing.assert_allclose(ours.coefficients, found.params, rtol=0.02)
    assert ours.phi == pytest.approx(float(np.squeeze(theirs.rho)), abs=0.01)


def test_the_season_keeps_its_steps_wherever_the_rows_begin() -> None:
    values, known = make_table(400)
    model = fit_regression(values[103:400], known[103:400], 103, (WEEK,))
    cutoffs = np.arange(20, 90)
    ahead = model.predict(values, cutoffs, 10, known)
    assert np.abs(ahead - values[cutoffs[:, None] + np.arange(1, 11)]).mean() < 1.0


def test_what_was_last_off_dies_away() -> None:
    values, known = make_table(600)
    model = fit_regression(values, known, 0, (WEEK,))
    moved = values.copy()
    moved[499] += 10
    before, after = (model.predict(each, np.array([499]), 3, known)[0] for each in (values, moved))
    np.testing.assert_allclose(after - before, 10 * model.phi ** np.arange(1, 4))


def test_no_value_behind_a_cutoff_is_looked_at() -> None:
    values, known = make_table(300)
    model = fit_regression(values[:200], known[:200], 0, (WEEK,))
    scrambled = np.where(np.arange(300) > 250, 1e9, values)
    for cutoff in (0, 100, 250):
        ours, theirs = (
            model.predict(each, np.array([cutoff]), 5, known) for each in (values, scrambled)
        )
        np.testing.assert_array_equal(ours, theirs)


def test_few_rows_tell_of_short_seasons_alone() -> None:
    values, known = make_table(60)
    assert fit_regression(values, known, 0, (WEEK, 364)).seasons == (WEEK,)
    assert fit_regression(values[:20], known[:20], 0, (WEEK,)).seasons == ()


@pytest.mark.parametrize("values", [np.zeros(40), np.arange(40.0), np.ones(1), np.ones(2)])
@pytest.mark.filterwarnings("error")
def test_odd_data_is_predicted_all_the_same(values: np.ndarray) -> None:
    known = np.zeros((len(values) + 5, 2))
    model = fit_regression(values, known[: len(values)], 0, (WEEK,))
    ahead = model.predict(values, np.array([len(values) - 1]), 5, known)
    assert np.isfinite(ahead).all()
