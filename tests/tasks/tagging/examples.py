"""Small collections of tagged sequences that a network can learn in seconds."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from lstm_core.data.items.collection import as_objects
from lstm_core.data.items.signals import Signals
from lstm_core.data.tagged.collection import TaggedCollection
from lstm_core.spec import ExperimentSpec, parse_spec

PEOPLE = ("Ada", "Ben", "Cleo", "Dan", "Eva", "Finn", "Gita", "Hugo")
PLACES = ("Rome", "Oslo", "Lima", "Cairo", "Perth", "Quito")


def make_tagged(
    sentences: Sequence[tuple[str, str | None]], scheme: str = "bio", **beside: Any
) -> TaggedCollection:
    """Return sentences of words, each with its tags, both separated by spaces; None: no tags."""
    words = [text.split() for text, _ in sentences]
    tags = [
        [None] * len(w) if t is None else t.split()
        for w, (_, t) in zip(words, sentences, strict=True)
    ]
    columns: dict[str, Any] = {
        name: as_objects(value) if isinstance(value, list) else value
        for name, value in beside.items()
    }
    ids = columns.pop("ids", as_objects([str(number + 1) for number in range(len(words))]))
    return TaggedCollection(
        content="words",
        scheme=scheme,  # type: ignore[arg-type]
        ids=ids,
        tags=as_objects([tag for own in tags for tag in own]),
        words=as_objects([word for own in words for word in own]),
        sizes=np.array([len(own) for own in words], np.int64),
        **columns,
    )


def make_requests(count: int = 80, num_untagged: int = 0, **given: Any) -> TaggedCollection:
    """Requests with people and places, no two alike; the last ones without tags."""
    generator = np.random.default_rng(3)
    sentences: list[tuple[str, str | None]] = []
    for number in range(count):
        person = f"{generator.choice(PEOPLE)} Nr{number % 5}" if number % 3 else "them"
        place = generator.choice(PLACES)
        who = "B-person I-person" if number % 3 else "O"
        if number % 2:
            text, tags = f"please meet {person} in {place} at {number}", f"O O {who} O B-place O O"
        else:
            text, tags = (
                f"go to {place} with {person} in bus {number}",
                f"O O B-place O {who} O O O",
            )
        sentences.append((text, tags if number < count - num_untagged else None))
    return make_tagged(sentences, **given)


def make_words_of_speech(count: int = 60) -> TaggedCollection:
    """Sentences with a plain tag for each word."""
    generator = np.random.default_rng(4)
    things, deeds = ("dog", "cat", "bird"), ("sees", "hears", "likes")
    sentences: list[tuple[str, str | None]] = []
    for _ in range(count):
        one, other = generator.choice(things, 2)
        deed = generator.choice(deeds)
        sentences.append((f"the {one} {deed} the {other}", "DET NOUN VERB DET NOUN"))
    return make_tagged(sentences, scheme="plain")


def make_motions(count: int = 40, length: int = 30) -> TaggedCollection:
    """Recordings of two channels, at rest and then in motion."""
    generator = np.random.default_rng(5)
    items, tags = [], []
    for _ in range(count):
        turn = int(generator.integers(8, length - 8))
        rows = generator.normal(0, 0.1, (length, 2))
        rows[turn:, 0] += np.sin(1.3 * np.arange(length - turn))
        rows[turn:, 1] += 1.0
        items.append(rows)
        tags += ["rest"] * turn + ["motion"] * (length - turn)
    return TaggedCollection(
        content="numbers",
        scheme="plain",
        ids=as_objects([f"recording {number + 1}" for number in range(count)]),
        tags=as_objects(tags),
        signals=Signals.from_items(items, ("x", "y")),
        groups=as_objects([f"person {number % 20}" for number in range(count)]),
        roles=(("group", "person"), ("tag", "activity")),
    )


def ask_for(**values: Any) -> ExperimentSpec:
    """Return a small tagging; ``section__key`` sets what is asked for beside."""
    small = {
        "model.units": 8,
        "training.epochs": 3,
        "training.num_seeds": 1,
        "training.batch_size": 8,
        "training.learning_rate": 0.02,
        "training.retrain": False,
        "task.embedding": 12,
        "task.letters": 8,
        "task.num_folds": 1,
    }
    chosen = small | {name.replace("__", "."): value for name, value in values.items()}
    content = {"data": {"kind": "tagged"}, "task": {"kind": "tagging"}}
    return parse_spec(content).with_values(
        {path: value for path, value in chosen.items() if value is not ...}
    )
