"""Made-up sentences of customers, whose mood hangs on the order of words and not on words alone.

"Not" turns what follows it around, "too" spoils what is good, and behind a "but" stands what
counts: a model that only counts words stays below one that reads.
"""

from __future__ import annotations

import numpy as np

from lstm_core.data.items.collection import ItemCollection, as_objects

_SEED = 20_260_314
_NUM_SENTENCES = 2_000
_SHARE_OF_SLIPS = 0.02
"""Sentences that carry the wrong label, as in any table that people have filled in."""

_THINGS = {
    "the kettle": ("lid", "handle", "switch"),
    "this lamp": ("light", "cable", "switch"),
    "the backpack": ("zip", "straps", "fabric"),
    "the phone": ("battery", "screen", "camera"),
    "my new chair": ("back", "wheels", "fabric"),
    "the blender": ("lid", "motor", "jug"),
    "the headset": ("sound", "microphone", "cable"),
    "the keyboard": ("keys", "cable", "light"),
    "this bicycle": ("brakes", "saddle", "chain"),
    "the oven": ("door", "timer", "heat"),
}
_GOOD = (
    "great", "solid", "a joy to use", "well made", "reliable", "pleasant", "worth its price",
    "quick", "comfortable", "quiet", "excellent", "better than expected",
)  # fmt: skip
_BAD = (
    "flimsy", "a disappointment", "badly made", "unreliable", "annoying", "overpriced", "slow",
    "uncomfortable", "loud", "poor", "worse than expected", "useless",
)  # fmt: skip
_PRAISED = ("quick", "quiet", "comfortable", "great", "solid", "reliable")
_FAULTED = ("flimsy", "slow", "annoying", "loud", "poor", "unreliable")
_OPENINGS = (
    "", "", "", "honestly, ", "after a month of use, ", "to my surprise, ",
    "as a gift for my son, ", "second order: ", "straight out of the box, ", "for what I paid, ",
)  # fmt: skip
_CLOSINGS = (
    "", "", "", ", and delivery took two days", ", at least so far", " for a small flat",
    ", says my whole family", ", whatever the box says",
)  # fmt: skip


def make_sentences() -> ItemCollection:
    """Return 2,000 sentences, half of them pleased; the same on every machine."""
    generator = np.random.default_rng(_SEED)
    texts: list[str] = []
    labels: list[str] = []
    seen: set[str] = set()
    while len(texts) < _NUM_SENTENCES:
        is_good = len(texts) % 2 == 0
        thing = _pick(generator, tuple(_THINGS))
        text = _write_sentence(generator, thing, is_good)
        if text in seen:
            continue
        seen.add(text)
        slips = generator.random() < _SHARE_OF_SLIPS
        texts.append(text)
        labels.append("pleased" if is_good != slips else "displeased")
    order = generator.permutation(_NUM_SENTENCES)
    return ItemCollection(
        content="text",
        ids=as_objects([f"sentence {number + 1}" for number in range(_NUM_SENTENCES)]),
        labels=as_objects(labels)[order],
        texts=as_objects(texts)[order],
        source="sample",
        name="product_sentences",
        roles=(("label", "mood"),),
        notes=("Sentences written by a program; 2% carry the wrong label on purpose.",),
    )


def _write_sentence(generator: np.random.Generator, thing: str, is_good: bool) -> str:
    part = f"the {_pick(generator, _THINGS[thing])}"
    other = f"the {_pick(generator, _THINGS[thing])}"
    form = int(generator.integers(6))
    if form == 0:
        body = f"{thing} is {_say(generator, is_good)}"
    elif form == 1:  # what stands behind the "but" counts
        body = (
            f"{part} is {_say(generator, not is_good)}, but all in all {thing} is "
            f"{_say(generator, is_good)}"
        )
    elif form == 2:  # and what stands behind "although" doesn't
        body = (
            f"although {part} is {_say(generator, not is_good)}, {thing} is "
            f"{_say(generator, is_good)}"
        )
    elif form == 3:
        body = f"{thing} is {_say(generator, is_good)} and {other} is {_say(generator, is_good)}"
    elif form == 4:
        word = _pick(generator, _FAULTED if is_good else _PRAISED)
        body = f"I was told that {thing} is {word}, and that is simply not true"
    else:
        ending = "would buy it again" if is_good else "would not buy it again"
        mixed = _say(generator, bool(generator.integers(2)))
        body = f"{part} is {mixed}, and I {ending}"
    sentence = _pick(generator, _OPENINGS) + body + _pick(generator, _CLOSINGS)
    return sentence[0].upper() + sentence[1:] + "."


def _say(generator: np.random.Generator, is_good: bool) -> str:
    """Return a judgement, one in three turned around by a "not" or spoilt by a "too"."""
    way = int(generator.integers(6))
    if way == 0:
        return f"not {_pick(generator, _BAD if is_good else _GOOD)}"
    if way == 1:
        return f"anything but {_pick(generator, _BAD if is_good else _GOOD)}"
    return _pick(generator, _GOOD if is_good else _BAD)


def _pick(generator: np.random.Generator, words: tuple[str, ...]) -> str:
    return words[int(generator.integers(len(words)))]
