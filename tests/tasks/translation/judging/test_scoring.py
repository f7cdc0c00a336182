"""Scores are those of sacrebleu, whole and by sentence, and chance is told from skill."""

import random
import subprocess
import sys

import numpy as np
import pytest

from lstm_core.errors import StudioError
from lstm_core.tasks.translation.judging import scoring
from lstm_core.tasks.translation.judging.comparing import compare, find_interval
from lstm_core.tasks.translation.judging.measures import BLEU, EXACT, MEASURES, choose_first
from lstm_core.tasks.translation.judging.scoring import count, measure, score
from tests.data.pairs.reading.given import make_lines

sacrebleu = pytest.importorskip("sacrebleu")

REFERENCES = [german for _, german in make_lines(200)]


def spoil(share: float, seed: int = 0, texts=REFERENCES) -> list[str]:
    chance = random.Random(seed)
    return [
        " ".join(word if chance.random() > share else chance.choice("xyz") for word in text.split())
        for text in texts
    ]


@pytest.mark.parametrize("share", [0.0, 0.2, 0.6, 1.0])
@pytest.mark.parametrize("size", [1, 3, 200])
def test_scores_are_those_of_sacrebleu(share: float, size: int) -> None:
    said, references = spoil(share)[:size], REFERENCES[:size]
    tally = count(said, references)
    assert measure(tally, "bleu") == pytest.approx(
        sacrebleu.corpus_bleu(said, [references]).score, abs=1e-9
    )
    assert measure(tally, "chrf") == pytest.approx(
        sacrebleu.corpus_chrf(said, [references]).score, abs=1e-9
    )
    assert measure(tally, "exact_match") == np.mean(np.equal(said, references))


@pytest.mark.parametrize("said", ["", "ja", "ja nein", "a b c"])
@pytest.mark.parametrize("reference", ["ja", "ja nein doch", "ein sehr alter Hund sieht es"])
def test_short_and_empty_ones_as_well(said: str, reference: str) -> None:
    found = score(count([said], [reference]))
    assert found["bleu"] == pytest.approx(sacrebleu.corpus_bleu([said], [[reference]]).score)
    assert found["chrf"] == pytest.approx(sacrebleu.corpus_chrf([said], [[reference]]).score)


def test_signs_of_chinese_are_words() -> None:
    text = ["今天天气很好我们去公园", "我不知道他在哪里工作"]
    tally = count(text, text)
    assert measure(tally, "bleu") == pytest.approx(100.0)
    assert "tok:zh" in tally.signatures["bleu"]
    assert "version:" in tally.signatures["chrf"]


def test_nothing_is_judged_by_nothing() -> None:
    assert set(score(count([], [])).values()) == {None}
    assert set(score(count(["a"], ["a"]))) == {each.key for each in MEASURES}


@pytest.mark.parametrize("key", [each.key for each in MEASURES])
def test_a_better_one_wins_beyond_chance_and_an_equal_one_does_not(key: str) -> None:
    good, bad, other = (
        count(spoil(share, seed), REFERENCES) for share, seed in ((0.1, 1), (0.4, 2), (0.1, 3))
    )
    found = compare(good, bad, key)
    assert found.gain == pytest.approx(measure(good, key) - measure(bad, key))
    assert found.p_value < 0.01
    assert found.interval[0] < found.gain < found.interval[1]
    assert found.interval[0] > 0
    assert 0.02 < compare(good, other, key).p_value < 0.98
    assert compare(bad, good, key).p_value > 0.99
    same = compare(good, good, key)
    assert (same.gain, same.p_value) == (0.0, 0.5)
    low, high = find_interval(good, key)
    assert low < measure(good, key) < high


def test_units_that_belong_together_count_once() -> None:
    good, bad = (
        count(spoil(0.2, 1)[:20], REFERENCES[:20]),
        count(spoil(0.3, 2)[:20], REFERENCES[:20]),
    )
    single = compare(good, bad, "bleu").p_value
    tripled = [
        np.tile(np.arange(20), 3),
        *(
            count(spoil(share, seed)[:20] * 3, REFERENCES[:20] * 3)
            for share, seed in ((0.2, 1), (0.3, 2))
        ),
    ]
    units, more, less = tripled
    assert compare(more, less, "bleu", units).p_value == pytest.approx(single, abs=0.02)


def test_short_targets_are_right_or_wrong_and_sentences_are_not() -> None:
    assert choose_first(["2027-03-14"] * 9) is EXACT
    assert choose_first(["twenty-five", "one hundred and two", "six"]) is EXACT
    assert choose_first(REFERENCES) is BLEU
    assert choose_first(["今天天气很好，我们去公园吧。"] * 9) is BLEU
    assert choose_first([]) is BLEU


def test_without_the_library_a_sentence_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "sacrebleu.metrics", None)
    with pytest.raises(StudioError, match="pip install sacrebleu"):
        scoring.count(["a"], ["a"])


def test_what_pages_import_is_light() -> None:
    code = (
        "import sys, lstm_core.tasks.translation.judging.measures, "
        "lstm_core.tasks.translation.baselines.words; "
        "print(*sorted({'numpy', 'keras', 'sacrebleu', 'sklearn'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert not done.stdout.split()
