"""How Hyperband shares out its trials."""

from __future__ import annotations

import pytest

from lstm_core.errors import SpecError
from lstm_core.searches.strategies.strategy import check_strategy, choose_bracket, list_rounds
from lstm_core.spec.search import SearchSpec
from tests.searches.spaces import FINITE, MIXED


@pytest.mark.parametrize("max_epochs", [1, 2, 9, 50, 100])
def test_rounds_are_those_that_keras_tuner_makes(max_epochs: int):
    import keras_tuner

    oracle = keras_tuner.oracles.HyperbandOracle(objective="val_loss", max_epochs=max_epochs)
    for bracket in range(oracle._get_num_brackets()):
        assert list_rounds(bracket, max_epochs) == [
            (oracle._get_size(bracket, number), oracle._get_epochs(bracket, number))
            for number in range(bracket + 1)
        ]
    assert choose_bracket(10**6, max_epochs) == oracle._get_num_brackets() - 1


def test_a_bracket_is_begun_that_can_be_finished():
    assert list_rounds(3, 50) == [(34, 2), (12, 6), (4, 17), (2, 50)]
    assert [choose_bracket(count, 50) for count in (1, 10, 11, 21, 22, 51, 52)] == [
        *(0, 0, 1, 1, 2, 2, 3)
    ]


def test_a_space_has_to_hold_the_first_round():
    settings = SearchSpec(strategy="hyperband", num_trials=52)
    check_strategy(MIXED, settings, 50)
    with pytest.raises(SpecError, match=r"34 different points, and the space has 12"):
        check_strategy(FINITE, settings, 50)
    check_strategy(FINITE, settings.model_copy(update={"num_trials": 11}), 50)
    check_strategy(FINITE, settings.model_copy(update={"strategy": "grid"}), 50)
