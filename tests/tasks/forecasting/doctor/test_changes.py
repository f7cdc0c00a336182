"""A spread that changes and a season that dies are named, and nothing that goes on as before."""

from __future__ import annotations

import numpy as np
import pytest

from lstm_core.judging.diagnosis import Diagnosis
from lstm_core.spec import ExperimentSpec, parse_spec
from lstm_core.tasks.forecasting.defaults import resolve_spec
from lstm_core.tasks.forecasting.doctor.changes import find_dying_season, find_variance_change
from lstm_core.tasks.forecasting.doctor.data import list_lines
from tests.tasks.datasets import make_dataset

SEASON = 12
SPEC = parse_spec({"task": {"lookback": 24, "horizon": 6, "season": SEASON}})
TIME = np.arange(600)
WAVE = np.sin(2 * np.pi * TIME / SEASON)


def visit(
    values: np.ndarray | dict[str, np.ndarray], spec: ExperimentSpec = SPEC
) -> dict[str, Diagnosis]:
    dataset = make_dataset(values)
    spec, _ = resolve_spec(spec, dataset)
    lines = list_lines(dataset, spec)
    found = [look(dataset, spec, lines) for look in (find_variance_change, find_dying_season)]
    return {each.name: each for each in found if each is not None}


def draw(seed: int) -> np.ndarray:
    return np.random.default_rng(seed).normal(size=len(TIME))


def draw_clusters(seed: int) -> np.ndarray:
    """Returns whose spread comes and goes, GARCH(1, 1)."""
    noise, returns, power = draw(seed), np.zeros(len(TIME)), 1.0
    for row in range(1, len(TIME)):
        power = 0.05 + 0.1 * returns[row - 1] ** 2 + 0.85 * power
        returns[row] = np.sqrt(power) * noise[row]
    return returns


@pytest.mark.parametrize("factor", [0.4, 2.5])
@pytest.mark.parametrize("start", [300, 450])
@pytest.mark.parametrize("seed", range(4))
def test_a_spread_that_changes_is_named(seed: int, start: int, factor: float) -> None:
    size = np.where(start <= TIME, factor, 1.0)
    found = visit(5 * WAVE + size * draw(seed))
    assert list(found) == ["variance_change"]
    evidence = found["variance_change"].evidence
    assert ("as large" in evidence) == (factor > 1)
    row = int(evidence.split("from row ")[1].split(" on")[0].replace(",", ""))
    assert abs(row - start) <= 50
    assert ("narrow" in found["variance_change"].advice) == (factor > 1)


def test_a_spread_that_grows_with_the_level_is_cured_by_logarithms() -> None:
    values = np.exp(3 + 0.004 * TIME + 0.1 * draw(1))
    spec = SPEC.with_values({"task.season": 1, "task.transform": "none"})
    fix = visit(values, spec)["variance_change"].fix
    assert fix is not None
    assert fix.changes == {"task.transform": "log"}
    logarithms = spec.with_values({"task.transform": "log"})
    assert visit(values, logarithms) == {}


@pytest.mark.parametrize("size", [1.0, 2.0])
@pytest.mark.parametrize("start", [300, 400])
@pytest.mark.parametrize("seed", range(4))
def test_a_season_that_dies_is_named(seed: int, start: int, size: float) -> None:
    found = visit(2 * size * WAVE * (start > TIME) + draw(seed))
    assert "dying_season" in found
    assert "12 steps" in found["dying_season"].evidence


def test_a_season_that_fades_is_named() -> None:
    left = np.clip(1 - (TIME - 300) / 100, 0, 1)
    assert list(visit(3 * WAVE * left + draw(1))) == ["dying_season"]


@pytest.mark.parametrize("seed", range(8))
def test_what_goes_on_as_before_is_well(seed: int) -> None:
    noise = draw(seed)
    plain = SPEC.with_values({"task.season": 1})
    assert visit(5 * WAVE + noise) == {}
    assert visit(3 * WAVE + 0.3 * noise.cumsum() + draw(seed + 90)) == {}
    assert visit(100 + noise.cumsum(), plain) == {}
    assert visit(50 + np.random.default_rng(seed).standard_t(3, len(TIME)), plain) == {}


def test_clusters_of_large_changes_are_seldom_called_a_change() -> None:
    plain = SPEC.with_values({"task.season": 1})
    called = sum(bool(visit(100 + draw_clusters(seed).cumsum(), plain)) for seed in range(30))
    assert called <= 2


def test_of_several_series_most_have_to_change() -> None:
    size = np.where(TIME >= 400, 3.0, 1.0)
    changed = {name: size * draw(number) for number, name in enumerate("ab")}
    plain = SPEC.with_values({"task.season": 1})
    assert "2 of 3 series" in visit(changed | {"c": draw(5)}, plain)["variance_change"].evidence
    assert visit(changed | {"c": draw(5), "d": draw(6)}, plain) == {}


@pytest.mark.parametrize(
    "values", [np.zeros(600), WAVE, np.where(TIME > 500, 1.0, 0.0), TIME * 1.0]
)
def test_values_without_noise_have_no_spread_to_compare(values: np.ndarray) -> None:
    assert "variance_change" not in visit(values)
