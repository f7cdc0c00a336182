"""What suits pairs is told from them."""

from __future__ import annotations

import numpy as np
import pytest

from lstm_core.data.pairs.samples.dates import make_dates
from lstm_core.data.pairs.samples.numbers import make_numbers
from lstm_core.spec.search import ChoiceEntry
from lstm_core.tasks.translation.defaults import resolve_spec
from lstm_core.tasks.translation.kind import KIND
from lstm_core.tasks.translation.rules.choosing import MOST_STEPS, choose_steps, choose_units
from tests.tasks.translation.examples import ask_for, make_pairs

NOUNS = ("dog", "house", "river", "teacher", "window", "letter", "garden", "bridge", "winter")
VERBS = ("sees", "likes", "paints", "finds", "leaves", "opens", "sells", "knows", "wants")


def write_sentences(count: int) -> list[str]:
    draw = np.random.default_rng(0)
    names = [f"{noun}{number}" for noun in NOUNS for number in range(130)]
    return [
        f"the {draw.choice(names)} {draw.choice(VERBS)} the {draw.choice(names)} today"
        for _ in range(count)
    ]


@pytest.mark.parametrize(
    ("texts", "kind"),
    [
        (write_sentences(3_000), "pieces"),
        (["2021-03-04", "1999-12-31"], "characters"),
        (["siebenundzwanzigtausenddreihunderteinundvierzig"] * 3, "characters"),
        (["\u6771\u4eac\u3067\u4f1a\u3044\u307e\u3057\u3087\u3046" * 12] * 3, "pieces"),
        (["what is said here is a long sentence with many words of its own in it"] * 3, "pieces"),
    ],
)
def test_units_go_by_what_texts_are(texts: list[str], kind: str) -> None:
    told = choose_units("source", texts, None)
    assert told["source_units"][0] == kind
    asked = choose_units("source", texts, "words")
    assert asked["source_units"] == ("words", "As you chose.")


def test_the_longest_text_decides_unless_it_is_much_longer() -> None:
    lengths = np.full(1_000, 10)
    lengths[0] = 25
    assert choose_steps(lengths)["most_steps"][0] == 25
    lengths[0] = 31
    assert choose_steps(lengths)["most_steps"][0] == 10
    assert choose_steps(np.full(9, 10_000))["most_steps"][0] == MOST_STEPS


def test_samples_have_what_they_are_made_for() -> None:
    dates, _ = resolve_spec(ask_for(), make_dates())
    assert (dates.task.source_units, dates.task.target_units) == ("characters", "characters")
    assert KIND.choose_measure(dates, make_dates()).key == "exact_match"
    numbers, _ = resolve_spec(ask_for(), make_numbers())
    assert numbers.task.source_units == "characters"
    assert KIND.choose_measure(numbers, make_numbers()).key == "bleu"


def test_impatience_costs_epochs_and_more_pairs_need_fewer() -> None:
    plain, reasons = resolve_spec(ask_for(training__epochs=None), make_pairs(400))
    fast, _ = resolve_spec(ask_for(training__epochs=None, training__preset="fast"), make_pairs(400))
    assert (fast.training.epochs or 0) < (plain.training.epochs or 0)
    assert all(reasons.values())
    assert resolve_spec(plain, make_pairs(400))[0] == plain


def test_what_has_one_layer_is_searched_beside_what_has_two() -> None:
    resolved, _ = resolve_spec(ask_for(model__layers=2), make_pairs(400))
    space = KIND.propose_space(resolved, make_pairs(400), "small")
    names = ("bidirectional", "vanilla", "gru")
    assert space["model.architecture"] == ChoiceEntry(values=names)
