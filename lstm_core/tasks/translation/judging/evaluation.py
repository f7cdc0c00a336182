"""From what was said of the test parts to measures, verdict and tables."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from lstm_core.tasks.base import Evaluation
from lstm_core.tasks.translation.baselines.fitting import ask_baselines
from lstm_core.tasks.translation.baselines.words import BASELINES
from lstm_core.tasks.translation.encoding import Encoding
from lstm_core.tasks.translation.framing import Framing
from lstm_core.tasks.translation.judging.judgement import judge
from lstm_core.tasks.translation.judging.measures import choose_first
from lstm_core.tasks.translation.judging.scoring import count, score
from lstm_core.tasks.translation.judging.tables import Given, Said, break_down, tabulate_pairs
from lstm_core.tasks.translation.unknown import count_unknown


@dataclass(frozen=True, eq=False)
class Fold:
    """What was said of one fold's test part.

    Attributes:
        number: of the fold. ``encoding``: fitted to its training part.
    """

    number: int
    encoding: Encoding
    said: Said


def evaluate(framing: Framing, folds: Sequence[Fold]) -> Evaluation:
    """Judge what was said beside the baselines, each fitted to the fold's training part."""
    pairs = framing.pairs
    splits = [framing.splits[fold.number] for fold in folds]
    judged = np.concatenate([split.test for split in splits])
    sources, targets = pairs.sources[judged].tolist(), pairs.targets[judged].tolist()
    said = _join([fold.said for fold in folds])
    rivals = _ask_baselines(framing, folds)
    tally = count(said.texts, targets)
    tallies = {name: count(texts, targets) for name, texts in rivals.items()}
    learnt = np.unique(np.concatenate([split.train for split in splits]))
    decides = choose_first(pairs.targets[learnt].tolist())
    lengths, unknown = zip(*(_measure_sources(framing, fold) for fold in folds), strict=True)
    groups = None if pairs.groups is None else pairs.groups[judged]
    given = Given(np.concatenate(lengths), np.concatenate(unknown), groups)
    verdict = judge(
        decides,
        tally,
        tallies,
        units=_number_units(framing, judged),
        words_of=BASELINES,
        num_copied=sum(framing.count_copies(split) for split in splits),
        folds=np.repeat([fold.number for fold in folds], [len(each.test) for each in splits])
        if len(folds) > 1
        else None,
    )
    tables = {
        "predictions": tabulate_pairs(
            pairs.ids[judged], sources, targets, said, given, tally, rivals
        ),
        "breakdowns": break_down(decides.key, given, tally, tallies),
    }
    scores = {name: score(each) for name, each in tallies.items()}
    return Evaluation(score(tally), scores, verdict.to_json(), tables)


def _measure_sources(framing: Framing, fold: Fold) -> tuple[np.ndarray, np.ndarray]:
    texts = framing.pairs.sources[framing.splits[fold.number].test].tolist()
    lengths = np.array([len(fold.encoding.source.encode(text)) for text in texts])
    return lengths, np.array([count_unknown(fold.encoding.source, text) for text in texts])


def _ask_baselines(framing: Framing, folds: Sequence[Fold]) -> dict[str, list[str]]:
    """Return what each baseline that all folds have says of all test parts."""
    pairs = framing.pairs
    found: dict[str, list[str]] = {}
    for number, fold in enumerate(folds):
        split = framing.splits[fold.number]
        said = ask_baselines(
            pairs.sources[split.train].tolist(),
            pairs.targets[split.train].tolist(),
            pairs.sources[split.test].tolist(),
        )
        found = {
            name: [*found.get(name, []), *texts]
            for name, texts in said.items()
            if not number or name in found
        }
    return found


def _join(parts: Sequence[Said]) -> Said:
    return Said(
        [text for part in parts for text in part.texts],
        np.concatenate([part.certainty for part in parts]),
        np.concatenate([part.is_whole for part in parts]),
    )


def _number_units(framing: Framing, judged: np.ndarray) -> np.ndarray:
    """Number what resembles each other: pairs of a group, or of one source."""
    own = framing.copies[judged]
    if framing.groups is not None:
        groups = framing.groups[judged]
        own = np.where(groups < 0, framing.groups.max(initial=0) + 1 + own, groups)
    found: np.ndarray = np.unique(own, return_inverse=True)[1]
    return found
