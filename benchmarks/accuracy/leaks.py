"""What is reported of items that are copied, and of people that are met again, and what is true.

Two tables that are made up, each learnt with what belongs together on one side and without. The
labels of the first can be known by a copy alone: no better than chance is true. In the second, each
speaker has a sound of its own that tells more than the word: what a new speaker gets is true.
"""

from __future__ import annotations

import argparse
import json
from typing import Any

import numpy as np

from lstm_core.data.items.collection import ItemCollection, as_objects
from lstm_core.data.items.signals import Signals
from lstm_core.pipeline import run_experiment
from lstm_core.spec import parse_spec
from lstm_core.tasks.registry import find_kind

SEED = 0


def main() -> None:
    """Print a JSON line for each table."""
    argparse.ArgumentParser(description=__doc__.splitlines()[0]).parse_args()
    print(json.dumps(measure("copies", make_copies(), "keep_copies_together", False)), flush=True)
    print(json.dumps(measure("groups", make_speakers(), "split", "stratified")), flush=True)


def measure(name: str, collection: ItemCollection, setting: str, careless: Any) -> dict[str, Any]:
    """Return what is reported with and without keeping apart, and what the card and doctor say."""
    base = parse_spec({"data": {"kind": "items"}, "task": {"kind": "classification"}})
    base = base.with_values({"training.preset": "fast", "task.num_folds": 1})
    report: dict[str, Any] = {"benchmark": "leaks", "data": name}
    for way, spec in (
        ("apart", base),
        ("mixed", base.with_values({f"task.{setting}": careless})),
    ):
        kind = find_kind(spec)
        resolved, _ = kind.resolve(spec, collection)
        result = run_experiment(spec, collection)
        report[way] = {
            "accuracy": round(result.metrics["accuracy"] or 0.0, 3),
            "baselines": {
                rival: round(scores["accuracy"] or 0.0, 3)
                for rival, scores in result.baselines.items()
            },
            "card": kind.list_cautions(resolved, collection),
            "doctor": [found["name"] for found in result.diagnoses or ()],
        }
    return report


def make_copies(num_items: int = 1_200) -> ItemCollection:
    """Return nonsense, each text four times, with labels that are drawn by lot."""
    generator = np.random.default_rng(SEED)
    different = num_items // 4
    texts = [" ".join(map(str, generator.integers(0, 2_000, size=6))) for _ in range(different)]
    labels = generator.choice(["heads", "tails"], different).tolist()
    return ItemCollection(
        content="text",
        ids=as_objects([str(number) for number in range(4 * different)]),
        labels=as_objects(labels * 4),
        texts=as_objects(texts * 4),
    )


def make_speakers(num_speakers: int = 24, num_each: int = 40) -> ItemCollection:
    """Return sounds of speakers, each of whom has a pitch of its own for either of two words.

    The word itself is a weak bend in the middle.
    """
    generator = np.random.default_rng(SEED)
    items, labels, groups = [], [], []
    for speaker in range(num_speakers):
        pitches = generator.uniform(0.2, 1.2, size=2)
        for _ in range(num_each):
            word = int(generator.integers(2))
            time = np.arange(int(generator.integers(40, 60)))
            voice = np.sin(pitches[word] * time + generator.uniform(0, 6))
            bend = (word - 0.5) * 0.3 * np.exp(-(((time - 25) / 8.0) ** 2))
            noise = generator.normal(0, 0.3, len(time))
            items.append((voice + bend + noise)[:, None].astype(np.float32))
            labels.append(("yes", "no")[word])
            groups.append(f"speaker {speaker}")
    return ItemCollection(
        content="numbers",
        ids=as_objects([str(number) for number in range(len(items))]),
        labels=as_objects(labels),
        signals=Signals.from_items(items, ["sound"]),
        groups=as_objects(groups),
        roles=(("group", "speaker"),),
    )


if __name__ == "__main__":
    main()
