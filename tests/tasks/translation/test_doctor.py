"""The doctor of translations finds what was done to pairs, and nothing in clean ones."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from lstm_core.judging.learning_curves import Curve
from lstm_core.spec import ExperimentSpec
from lstm_core.tasks.translation.defaults import resolve_spec
from lstm_core.tasks.translation.doctor.examination import Findings, examine
from lstm_core.tasks.translation.doctor.repeating import find_repeated
from lstm_core.tasks.translation.encoding import fit_encoding
from lstm_core.tasks.translation.framing import frame_pairs
from lstm_core.tasks.translation.judging.evaluation import Fold
from lstm_core.tasks.translation.judging.tables import Said
from tests.tasks.translation.examples import ask_for, make_collection, make_pairs

FALLEN = Curve(np.array([3.0, 2.0, 1.0]), np.array([3.0, 2.0, 1.99]))


def find(pairs, said: list[str] | None = None, curve: Curve = FALLEN, **values) -> set[str]:
    spec: ExperimentSpec
    spec, _ = resolve_spec(ask_for(**values), pairs)
    framing = frame_pairs(spec.task, pairs)
    test = framing.splits[0].test
    targets = framing.pairs.targets[test].tolist()
    table = pd.DataFrame({"target": targets, "said": said or targets})
    texts = table["said"].tolist()
    whole = np.ones(len(texts), bool)
    fold = Fold(0, fit_encoding(spec.task, framing), Said(texts, np.ones(len(texts)), whole))
    return {each.name for each in examine(Findings(framing, fold, table, [curve]), spec)}


def test_clean_pairs_have_no_diagnosis() -> None:
    assert find(make_pairs(120)) == set()


def test_what_is_wrong_with_pairs_is_found() -> None:
    pairs = make_pairs(120)
    both = list(zip(pairs.sources, pairs.targets, strict=True))
    swapped = make_collection(both[:80] + [(target, source) for source, target in both[80:]])
    assert "swapped" in find(swapped)
    twice = make_collection(both + both)
    assert "copies" in find(twice, task__keep_copies_together=False)
    rare = make_collection(
        [(source, f"word{place}") for place, (source, _) in enumerate(both)]
        + [("nothing", "a b"), ("nothing at all", "b a")] * 20
    )
    assert "unsayable" in find(rare, task__target_units="words", task__keep_copies_together=False)


@pytest.mark.parametrize(
    ("say", "name"),
    [
        (lambda target: "always this", "one_answer"),
        (lambda target: f"{target} and and and", "repeating"),
        (lambda target: f"{target} {target} {target}"[: 2 * len(target)], "late_end"),
        (lambda target: target[:1], "early_end"),
    ],
)
def test_what_is_wrong_with_translations_is_found(say, name: str) -> None:
    pairs = make_pairs(120)
    spec, _ = resolve_spec(ask_for(), pairs)
    framing = frame_pairs(spec.task, pairs)
    targets = framing.pairs.targets[framing.splits[0].test].tolist()
    assert name in find(pairs, [say(target) for target in targets])


def test_what_is_wrong_with_learning_is_found() -> None:
    falling = Curve(np.array([3.0, 2.0, 1.0]), np.array([3.0, 2.0, 1.5]))
    assert find(make_pairs(120), curve=falling) == {"still_learning"}
    loss = np.linspace(3.0, 0.1, 30)
    turned = Curve(loss, np.concatenate([np.linspace(3, 1, 10), np.linspace(1, 2, 20)]))
    assert "overfitting" in find(make_pairs(120), curve=turned)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("I said that that was it", ""),
        ("very very very good", "very"),
        ("on the sea, on the sea, on the sea", "on the sea"),
        ("lalalala", "la"),
        ("2021-11-11", ""),
        ("1111", ""),
        ("", ""),
    ],
)
def test_what_is_said_again_and_again(text: str, found: str) -> None:
    assert find_repeated(text) == found
