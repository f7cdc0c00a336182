"""What is said of held-out text: passage by passage, whatever else is asked beside it."""

from __future__ import annotations

import keras
import numpy as np
import pytest

from lstm_core.learning.feeds.texts import TextShape
from lstm_core.spec import parse_spec
from lstm_core.tasks.language import passages
from lstm_core.tasks.language.network.building import build_network
from lstm_core.tasks.language.passages import Passage
from lstm_core.tasks.language.scoring import Scorer

NUM_UNITS = 9


@pytest.fixture(scope="module")
def scorer() -> Scorer:
    keras.utils.set_random_seed(1)
    content = {"task": {"kind": "language", "embedding": 5}}
    small = {"model.architecture": "stacked", "model.units": 6}
    spec = parse_spec(content).with_values(small)
    return Scorer(build_network(TextShape(NUM_UNITS, 8), spec))


def draw(count: int, seed: int = 0) -> np.ndarray:
    return np.random.default_rng(seed).integers(0, NUM_UNITS, count).astype(np.int32)


@pytest.mark.backend
def test_what_is_said_of_a_passage_hangs_on_no_other(scorer: Scorer) -> None:
    passages = [Passage(draw(count, count), 1 + count % 3) for count in (5, 200, 64, 65, 4, 130)]
    together = scorer.score(passages)
    alone = np.concatenate([scorer.score([each]) for each in passages])
    assert together == pytest.approx(alone, abs=1e-5)
    assert len(together) == sum(each.num_judged for each in passages)
    assert (together < 0).all()


def test_what_is_read_first_counts(scorer: Scorer) -> None:
    units = draw(40)
    whole = scorer.score([Passage(units, 1)])
    assert scorer.score([Passage(units, 20)]) == pytest.approx(whole[19:], abs=1e-6)
    without = scorer.score([Passage(units[19:], 1)])
    assert np.abs(without[:5] - whole[19:24]).max() > 1e-4


def test_a_long_passage_is_cut_and_nothing_of_it_lost(
    scorer: Scorer, monkeypatch: pytest.MonkeyPatch
) -> None:
    units = draw(300)
    whole = scorer.score([Passage(units, 3)])
    monkeypatch.setattr(passages, "LONGEST", 100)
    monkeypatch.setattr(passages, "CONTEXT", 60)
    cut = Passage(units, 3).cut()
    assert [part.num_judged for part in cut] == [100, 100, 97]
    judged = np.concatenate([part.units[part.num_read :] for part in cut])
    assert judged.tolist() == units[3:].tolist()
    assert scorer.score([Passage(units, 3)]) == pytest.approx(whole, abs=1e-3)


def test_nothing_to_judge_is_nothing(scorer: Scorer) -> None:
    assert len(scorer.score([])) == len(scorer.score([Passage(draw(1), 1)])) == 0
