"""What is chosen next, by its frequencies, and where a text ends."""

import numpy as np
import pytest

from lstm_core.errors import SpecError
from lstm_core.tasks.language.sampling import (
    Sampling,
    choose_next,
    list_alternatives,
    make_generators,
    narrow,
)
from lstm_core.tasks.language.stopping import StopWords, split_stop_words

SHARES = np.array([0.5, 0.25, 0.15, 0.08, 0.02])
LOGS = np.log(SHARES)


def count(sampling: Sampling, num: int = 20_000) -> np.ndarray:
    generators = [np.random.default_rng(3)] * num
    chosen = choose_next(np.tile(LOGS, (num, 1)), sampling, generators)
    return np.bincount(chosen, minlength=5) / num


@pytest.mark.parametrize(
    ("sampling", "expected"),
    [
        (Sampling(), SHARES),
        (Sampling(temperature=0.5), SHARES**2 / (SHARES**2).sum()),
        (Sampling(temperature=2), SHARES**0.5 / (SHARES**0.5).sum()),
        (Sampling(temperature=0), [1, 0, 0, 0, 0]),
        (Sampling(top_k=2), [2 / 3, 1 / 3, 0, 0, 0]),
        (Sampling(top_p=0.7), [2 / 3, 1 / 3, 0, 0, 0]),
        (Sampling(top_p=0.3), [1, 0, 0, 0, 0]),
        (Sampling(forbidden=(0, 3)), [0, 25 / 42, 15 / 42, 0, 2 / 42]),
        (Sampling(temperature=0, forbidden=(0,)), [0, 1, 0, 0, 0]),
        # top-p is of what top-k has left: of 2/3, 1/3 the first alone has 60%.
        (Sampling(top_k=2, top_p=0.6), [1, 0, 0, 0, 0]),
    ],
)
def test_units_come_as_often_as_they_should(sampling: Sampling, expected: list[float]) -> None:
    np.testing.assert_allclose(narrow(LOGS, sampling), expected, atol=1e-12)
    np.testing.assert_allclose(count(sampling), expected, atol=0.012)


def test_a_constant_does_not_matter_and_impossible_units_stay_so() -> None:
    logs = np.array([[1_000.0, 999.0, -np.inf], [-1_000.0, -np.inf, -1_001.0]])
    narrowed = narrow(logs, Sampling())
    share = 1 / (1 + np.exp(-1))
    np.testing.assert_allclose(narrowed, [[share, 1 - share, 0], [share, 0, 1 - share]])


def test_equally_likely_units_at_the_border() -> None:
    assert narrow(np.zeros(4), Sampling(top_k=2)).tolist() == [0.5, 0.5, 0, 0]


def test_a_draft_is_the_same_however_many_there_are() -> None:
    logs = np.tile(np.log(np.full(1_000, 1e-3)), (3, 1))
    three = choose_next(logs, Sampling(), make_generators(7, 3))
    one = choose_next(logs[:1], Sampling(), make_generators(7, 1))
    assert one[0] == three[0]
    assert len(set(three.tolist())) == 3
    assert choose_next(logs, Sampling(), make_generators(8, 3)).tolist() != three.tolist()


def test_what_is_impossible_is_never_chosen_even_by_rounding() -> None:
    class Last(np.random.Generator):
        def random(self) -> float:  # type: ignore[override]
            return 1.0

    generator = Last(np.random.PCG64(0))
    logs = np.array([[0.0, np.log(0.1), -np.inf]])
    assert choose_next(logs, Sampling(), [generator]).tolist() == [1]


@pytest.mark.parametrize(
    "given",
    [{"temperature": -1}, {"temperature": 9}, {"temperature": float("nan")}, {"top_k": 0},
     {"top_p": 0}, {"top_p": 1.2}],
)  # fmt: skip
def test_settings_without_sense(given: dict) -> None:
    with pytest.raises(SpecError) as caught:
        Sampling(**given)
    assert caught.value.remedy


def test_nothing_left_and_nan() -> None:
    with pytest.raises(SpecError, match="No unit is left"):
        narrow(LOGS, Sampling(forbidden=(0, 1, 2, 3, 4, 99, -1)))
    with pytest.raises(ValueError, match="NaN"):
        narrow(np.array([0.0, np.nan]), Sampling())


def test_alternatives_are_as_the_model_has_them() -> None:
    told = list_alternatives(LOGS[::-1], 2)
    assert [unit for unit, _ in told] == [4, 3]
    assert [share for _, share in told] == pytest.approx([0.5, 0.25])


def test_the_first_stop_word_ends_the_text() -> None:
    stops = StopWords(("END", "\n\n"))
    assert stops.find("abc\n\ndef END") == 3
    assert stops.find("the END of a prompt", begin=8) is None
    assert StopWords().find("anything") is None


def test_what_may_become_a_stop_word_is_held_back() -> None:
    stops = StopWords(("END", "ENOUGH"))
    shown = [stops.count_safe("say ENOUGH"[:length]) for length in range(11)]
    assert shown == [0, 1, 2, 3, 4, 4, 4, 4, 4, 4, 4]
    assert stops.count_safe("say EN route") == 12
    assert stops.count_safe("a prompt E", begin=10) == 10
    assert StopWords().count_safe("half a letter \ufffd\ufffd") == 14
    assert StopWords().count_safe("prompt \ufffd", begin=8) == 8


def test_stop_words_as_they_are_typed() -> None:
    assert split_stop_words("THE END\r\n\\n\\n\n\nTHE END").words == ("THE END", "\n\n")
    for typed in ("x" * 201, "\n".join(map(str, range(21)))):
        with pytest.raises(SpecError):
            split_stop_words(typed)
    with pytest.raises(SpecError, match="empty"):
        StopWords(("",))
