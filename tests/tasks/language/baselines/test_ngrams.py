"""The n-gram model against the textbook's recursion, written out run by run."""

import math
from collections import Counter

import numpy as np
import pytest

from lstm_core.tasks.language.baselines.levels import estimate_discounts
from lstm_core.tasks.language.baselines.ngrams import Ngrams, fit_ngrams


class Reference:
    """Interpolated modified Kneser–Ney with dictionaries; slow, and easy to read."""

    def __init__(self, documents: list[list[int]], num_units: int, order: int) -> None:
        self.num_units, self.order = num_units, order
        self.counts: list[Counter] = [
            Counter(
                tuple(document[place : place + length])
                for document in documents
                for place in range(len(document) - length + 1)
            )
            for length in range(1, order + 1)
        ]
        for length in range(1, order):
            preceded = Counter(run[1:] for run in self.counts[length])
            preceded.update({tuple(document[:length]) for document in documents})
            self.counts[length - 1] = Counter(
                {run: preceded[run] for run in self.counts[length - 1]}
            )
        self.discounts = [
            (0.0, *estimate_discounts(np.array(list(counts.values())))) for counts in self.counts
        ]

    def tell(self, context: tuple[int, ...], unit: int) -> float:
        context = context[max(0, len(context) - self.order + 1) :]
        below = self.tell(context[1:], unit) if context else 1 / self.num_units
        counts = self.counts[len(context)]
        following = {run[-1]: count for run, count in counts.items() if run[:-1] == context}
        total = sum(following.values())
        if not total:
            return below
        discounts = self.discounts[len(context)]
        left = sum(discounts[min(count, 3)] for count in following.values())
        count = following.get(unit, 0)
        return (count - discounts[min(count, 3)] + left * below) / total


def make_documents(seed: int, num: int = 4, num_units: int = 5) -> list[list[int]]:
    generator = np.random.default_rng(seed)
    walk = []
    for _ in range(num):
        document = [int(generator.integers(num_units))]
        for _ in range(int(generator.integers(3, 60))):
            step = int(generator.choice([0, 1, 1, 1, 2]))
            document.append((document[-1] + step) % num_units)
        walk.append(document)
    return walk


def as_arrays(documents: list[list[int]]) -> list[np.ndarray]:
    return [np.array(document, np.int32) for document in documents]


@pytest.mark.parametrize("order", [1, 2, 3, 4])
@pytest.mark.parametrize("seed", [0, 1])
def test_it_is_the_recursion_of_the_textbook(order: int, seed: int) -> None:
    train, held_out = make_documents(seed), make_documents(seed + 10, 3, 6)
    model = fit_ngrams(as_arrays(train), [], 7, order)
    reference = Reference(train, 7, order)
    expected = [
        math.log(reference.tell(tuple(document[:place]), document[place]))
        for document in held_out
        for place in range(len(document))
    ]
    np.testing.assert_allclose(model.score(as_arrays(held_out)), expected, rtol=1e-10)


@pytest.mark.parametrize("context", [[], [0], [1, 2], [6, 6, 6], [0, 1, 2, 3], [3, 6]])
def test_what_may_come_next_sums_to_one(context: list[int]) -> None:
    model = fit_ngrams(as_arrays(make_documents(3)), [], 7, 4)
    told = model.predict(np.array(context, np.int32))
    assert np.exp(told).sum() == pytest.approx(1, abs=1e-12)
    assert np.isfinite(told).all()
    scored = [model.score([np.array([*context, unit])])[-1] for unit in range(7)]
    np.testing.assert_allclose(told, scored, rtol=1e-10)


def test_documents_do_not_run_into_each_other() -> None:
    model = fit_ngrams(as_arrays([[0, 1, 0, 1], [2, 3, 2, 3]]), [], 4, 2)
    assert (np.array([1 * 4 + 2]) != model.runs[1].keys).all()
    together = model.score(as_arrays([[0, 1], [2, 3]]))
    apart = [model.score(as_arrays([each])) for each in ([0, 1], [2, 3])]
    np.testing.assert_array_equal(together, np.concatenate(apart))


def test_the_validation_part_chooses_the_order() -> None:
    # What comes next hangs on the last two units: the order is three, and no more.
    generator = np.random.default_rng(5)
    table = generator.integers(0, 6, (6, 6))

    def write(length: int) -> np.ndarray:
        units = [0, 1]
        for _ in range(length):
            told = int(table[units[-2], units[-1]])
            units.append(told if generator.random() < 0.7 else int(generator.integers(6)))
        return np.array(units, np.int32)

    model = fit_ngrams([write(20_000)], [write(4_000)], 6, 6)
    assert model.order == 3
    assert len(model.validation) == 6
    assert model.validation[2] < model.validation[1] < model.validation[0]
    own = -model.score([write(4_000)]).mean()
    assert own == pytest.approx(model.validation[2], abs=0.05)


def test_the_chosen_model_is_the_one_that_was_compared() -> None:
    train, validation = make_documents(1, 8), as_arrays(make_documents(2, 3))
    model = fit_ngrams(as_arrays(train), validation, 7, 4)
    assert -model.score(validation).mean() == pytest.approx(min(model.validation), rel=1e-10)


def test_a_long_document_is_scored_as_in_one_piece(monkeypatch: pytest.MonkeyPatch) -> None:
    model = fit_ngrams(as_arrays(make_documents(1, 8)), [], 7, 4)
    long = as_arrays([make_documents(7, 1)[0] * 3])
    whole = model.score(long)
    monkeypatch.setattr("lstm_core.tasks.language.baselines.ngrams._CHUNK", 5)
    np.testing.assert_allclose(model.score(long), whole, rtol=1e-12)


def test_lengths_end_where_there_are_too_many_runs() -> None:
    train = as_arrays(make_documents(1, 8))
    few = fit_ngrams(train, [], 7, 6, most_runs=60)
    assert 1 <= few.order < 6
    assert sum(each.num_runs for each in few.runs) <= 60


def test_tiny_and_empty() -> None:
    model = fit_ngrams(as_arrays([[1]]), [], 3, 5)
    assert isinstance(model, Ngrams)
    assert model.order == 1
    assert np.exp(model.predict(np.array([], np.int32))).sum() == pytest.approx(1)
    assert len(model.score([])) == 0
    assert len(model.score([np.array([], np.int32)])) == 0
    with pytest.raises(ValueError, match="nothing to count"):
        fit_ngrams([], [], 3, 2)
