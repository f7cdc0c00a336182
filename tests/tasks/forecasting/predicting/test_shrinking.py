from __future__ import annotations

import numpy as np
import pytest

from lstm_core.tasks.forecasting.predicting.shrinking import Shrinkage, choose_shrinkage

ACTUAL = np.random.default_rng(0).normal(size=(60, 4))
OFF = np.full_like(ACTUAL, 9.0)


def make_noisy(spread: float, seed: int) -> np.ndarray:
    noise: np.ndarray = np.random.default_rng(seed).normal(0, spread, ACTUAL.shape)
    return ACTUAL + noise


def test_a_perfect_network_stands_alone() -> None:
    assert choose_shrinkage(ACTUAL, ACTUAL, {"drift": OFF}) == Shrinkage(1.0, "drift")


def test_a_perfect_baseline_is_taken() -> None:
    found = choose_shrinkage(ACTUAL, OFF, {"drift": OFF, "theta": ACTUAL})
    assert found == Shrinkage(0.0, "theta")


def test_two_of_a_kind_are_averaged() -> None:
    network, rival = make_noisy(1.0, 1), make_noisy(1.0, 2)
    found = choose_shrinkage(ACTUAL, network, {"ets": rival})
    assert found.weight == pytest.approx(0.5, abs=0.15)
    combined = found.combine(network, {"ets": rival})
    errors = [np.abs(ACTUAL - said).mean() for said in (combined, network, rival)]
    assert errors[0] < min(errors[1:])


def test_three_of_a_kind_are_averaged() -> None:
    network, rule, other = (make_noisy(1.0, seed) for seed in (1, 2, 3))
    found = choose_shrinkage(ACTUAL, network, {"ets": rule, "drift": OFF}, ("lstm", other))
    said = {"ets": rule, "lstm": other}
    assert set(found.shares) == set(said)
    assert [found.weight, *found.shares.values()] == pytest.approx([1 / 3] * 3, abs=0.2)
    error = np.abs(ACTUAL - found.combine(network, said)).mean()
    two = choose_shrinkage(ACTUAL, network, {"ets": rule})
    assert error < np.abs(ACTUAL - two.combine(network, said)).mean()


@pytest.mark.parametrize("best", ["network", "ets", "lstm"])
def test_one_of_three_who_knows_stands_alone(best: str) -> None:
    said = {name: ACTUAL if name == best else OFF for name in ("network", "ets", "lstm")}
    network = said.pop("network")
    found = choose_shrinkage(ACTUAL, network, {"ets": said["ets"]}, ("lstm", said["lstm"]))
    assert found.weight == (best == "network")
    assert found.shares == ({} if best == "network" else {best: 1.0})
    np.testing.assert_array_equal(found.combine(network, said), ACTUAL)
    assert Shrinkage.from_json(found.to_json()) == found


def test_who_says_what_is_no_number_has_no_share() -> None:
    beyond = np.where(np.arange(60)[:, None] == 7, np.inf, ACTUAL)
    said = {"ets": make_noisy(1.0, 1), "drift": beyond}
    found = choose_shrinkage(ACTUAL, make_noisy(1.0, 2), said, ("lstm", beyond))
    assert set(found.shares) == {"ets"}


def test_a_network_that_was_as_good_alone_stays_alone() -> None:
    network = make_noisy(1.0, 1)
    away = network + np.sign(network - ACTUAL) * 0.01
    assert choose_shrinkage(ACTUAL, network, {"ets": away}).weight == 1.0


def test_a_network_that_was_asked_for_the_mean_is_weighed_by_it() -> None:
    """The middle of what is mostly nothing is nothing, and its mean is not."""
    rng = np.random.default_rng(4)
    actual = np.where(rng.random((200, 4)) < 0.3, 10.0, 0.0)
    mean, nothing = np.full_like(actual, 3.0), {"zero": np.zeros_like(actual)}
    assert choose_shrinkage(actual, mean, nothing).weight == 0.0
    assert choose_shrinkage(actual, mean, nothing, is_mean=True).weight > 0.8


def test_what_is_not_known_has_no_say() -> None:
    actual = ACTUAL.copy()
    actual[:30] = np.nan
    poor_where_unknown = np.where(np.isnan(actual), 1e6, ACTUAL)
    assert choose_shrinkage(actual, poor_where_unknown, {"drift": OFF}).weight == 1.0


def test_what_was_kept_with_older_rules_means_them() -> None:
    kept = Shrinkage(0.3, "ets")
    assert Shrinkage.from_json(kept.to_json()) == kept
    assert Shrinkage.from_json({"weight": 0.3, "baseline": "ets"}).baseline == "ets_by_error"
    assert Shrinkage.from_json({"weight": 0.3, "baseline": "theta"}) == Shrinkage(0.3, "theta")


def test_older_windows_tell_shares_and_not_the_baseline() -> None:
    """The baselines have learnt from those: the one that learns most would look best there."""
    rule = np.vstack([ACTUAL[:40], OFF[40:]])  # knows what it has learnt, and nothing later
    late = np.vstack([OFF[:40], ACTUAL[40:]])
    network = make_noisy(0.5, 1)
    found = choose_shrinkage(ACTUAL, network, {"ets": rule, "theta": late}, num_older=40)
    assert found.baseline == "theta"
    assert found.weight > 0.8
    later = choose_shrinkage(ACTUAL[40:], network[40:], {"ets": rule[40:], "theta": late[40:]})
    assert later == Shrinkage(0.0, "theta")


def test_the_less_there_is_that_tells_the_more_equal_are_shares() -> None:
    network, rival = make_noisy(1.0, 1), make_noisy(2.0, 2)
    weights = [
        choose_shrinkage(ACTUAL, network, {"ets": rival}, num_apart=count).weight
        for count in (1, 10, 1_000)
    ]
    assert weights == sorted(weights)
    assert weights[0] < weights[-1]
