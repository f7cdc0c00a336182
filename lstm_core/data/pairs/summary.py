"""What a confirm card says about a collection of pairs."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from lstm_core.data.items.collection import PARTS
from lstm_core.data.pairs.collection import PairCollection
from lstm_core.data.pairs.copies import list_targets
from lstm_core.data.pairs.languages import name_language
from lstm_core.data.wording import count_words

_FEW_WORDS = 2.0


@dataclass(frozen=True)
class PairsSummary:
    """A collection in words; a sentence is empty where there is nothing to say.

    Attributes:
        title: one line such as "17,410 pairs of sentences, 6.5 words into 6.8".
        languages: a sentence about what both sides seem to be written in.
        lengths: a sentence about usual and longest lengths.
        repeated: a sentence about pairs that occur more than once.
        several: a sentence about sources with more than one target.
        equal: a sentence about pairs whose sides are the same.
        groups, given_split: a sentence about each.
        notes: what was done to the files.
    """

    title: str
    num_pairs: int
    languages: str
    lengths: str
    repeated: str
    several: str
    equal: str
    groups: str
    given_split: str
    notes: tuple[str, ...]


def describe_pairs(collection: PairCollection) -> PairsSummary:
    """Return what a person should confirm before training."""
    return PairsSummary(
        title=title_pairs(collection),
        num_pairs=collection.num_pairs,
        languages=_describe_languages(collection),
        lengths=_describe_lengths(collection),
        repeated=_describe_repeated(collection),
        several=_describe_several(collection),
        equal=_describe_equal(collection),
        groups=_describe_groups(collection),
        given_split=_describe_split(collection),
        notes=collection.notes,
    )


def title_pairs(collection: PairCollection) -> str:
    """Return one line: how many pairs, of what, and how long both sides are on average."""
    targets = _list_known(collection)
    is_short = are_short(collection)
    noun = "text" if is_short else "sentence"
    if not targets:
        return count_words(collection.num_pairs, noun)
    count = count_words(collection.num_pairs, "pair")
    if not is_short and _writes_spaces(collection):
        before, after = _average_words(collection.sources.tolist()), _average_words(targets)
        return f"{count} of sentences, {before:.1f} words into {after:.1f}"
    before = float(np.mean([len(text) for text in collection.sources]))
    after = float(np.mean([len(text) for text in targets]))
    of = "" if is_short else " of sentences"
    return f"{count}{of}, {before:.0f} characters into {after:.0f}"


def are_short(collection: PairCollection) -> bool:
    """Whether a side is usually a word or two: dates, numbers, names, pronunciations."""
    sides = [collection.sources.tolist(), _list_known(collection)]
    if not _writes_spaces(collection):
        return False
    return any(side and np.median([len(t.split()) for t in side]) <= _FEW_WORDS for side in sides)


def _writes_spaces(collection: PairCollection) -> bool:
    """Whether words of both sides are apart; in Chinese, Japanese and Thai they are not."""
    apart = ("Chinese signs", "Japanese", "Thai")
    sides = (collection.sources.tolist(), _list_known(collection))
    return not any(name_language(side) in apart for side in sides)


def _list_known(collection: PairCollection) -> list[str]:
    return [target for target in collection.targets if target is not None]


def _average_words(texts: list[str]) -> float:
    return float(np.mean([len(text.split()) for text in texts])) if texts else 0.0


def _describe_languages(collection: PairCollection) -> str:
    before = name_language(collection.sources.tolist())
    after = name_language(_list_known(collection))
    if before and after:
        same = f"Both sides seem to be {before}."
        return same if before == after else f"It seems to be {before} into {after}."
    if before or after:
        side = "What is given" if before else "What is wanted"
        return f"{side} seems to be {before or after}."
    return ""


def _describe_lengths(collection: PairCollection) -> str:
    """Say it in characters: what a word is, scripts don't agree upon."""
    if not collection.num_pairs:
        return ""
    said = []
    for side, texts in (
        ("given", collection.sources.tolist()),
        ("wanted", _list_known(collection)),
    ):
        if texts:
            lengths = [len(text) for text in texts]
            said.append(
                f"{side}: {min(lengths):,} to {count_words(max(lengths), 'character')}, usually "
                f"about {int(np.median(lengths)):,}"
            )
    words = "; ".join(said)
    return f"{words[:1].upper()}{words[1:]}."


def _describe_repeated(collection: PairCollection) -> str:
    pairs = list(zip(collection.sources, collection.targets, strict=True))
    num_more = len(pairs) - len(set(pairs))
    if not num_more:
        return ""
    return f"Pairs that occur more than once, word for word: {num_more:,} too many."


def _describe_several(collection: PairCollection) -> str:
    several = list_targets(collection)
    if not several:
        return ""
    source, targets = next(iter(several.items()))
    return (
        f"{count_words(len(several), 'source')} {'has' if len(several) == 1 else 'have'} more than "
        f'one target, such as "{source[:40]}": "{targets[0][:40]}" and "{targets[1][:40]}". Only '
        "one of them can be counted as right."
    )


def _describe_equal(collection: PairCollection) -> str:
    count = int((collection.sources == collection.targets).sum())
    if not count:
        return ""
    share = count / collection.num_pairs
    return f"In {count_words(count, 'pair')} ({share:.0%}), both sides are the same."


def _describe_groups(collection: PairCollection) -> str:
    if collection.groups is None:
        return ""
    names = {group for group in collection.groups if group is not None}
    column = dict(collection.roles).get("group")
    told = f' in the column "{column[:40]}"' if column else ""
    return f"{count_words(len(names), 'group')}{told}."


def _describe_split(collection: PairCollection) -> str:
    if collection.parts is None:
        return ""
    counts = {part: int((collection.parts == part).sum()) for part in PARTS}
    shown = ", ".join(f"{part} {count:,}" for part, count in counts.items() if count)
    return f"The data say themselves what is kept apart: {shown}."
