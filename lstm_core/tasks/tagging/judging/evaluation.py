"""From what was said of the test parts to measures, verdict and tables."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from lstm_core.data.items.splitting.split import Split
from lstm_core.tasks.base import Evaluation
from lstm_core.tasks.tagging.baselines.fitting import ask_baselines, take_part
from lstm_core.tasks.tagging.baselines.words import BASELINES
from lstm_core.tasks.tagging.framing import Framing
from lstm_core.tasks.tagging.judging.judgement import judge
from lstm_core.tasks.tagging.judging.measures import choose_first
from lstm_core.tasks.tagging.judging.paths import choose_paths
from lstm_core.tasks.tagging.judging.said import SMALLEST, Said, Truth, count
from lstm_core.tasks.tagging.judging.scoring import score, tabulate_classes
from lstm_core.tasks.tagging.judging.tables import (
    break_down,
    tabulate_confusion,
    tabulate_entities,
    tabulate_steps,
    tabulate_tag_confusion,
)


@dataclass(frozen=True, eq=False)
class Fold:
    """What was said of one fold's test part, step by step.

    Attributes:
        split: its parts. ``said``: of its test part.
        is_known: ``(steps,)`` whether the training part has the word.
    """

    split: Split
    said: Said
    is_known: np.ndarray


def evaluate(framing: Framing, folds: Sequence[Fold]) -> Evaluation:
    """Judge what was said beside the baselines, each fitted to the fold's training part."""
    facts = framing.facts
    judged = np.concatenate([fold.split.test for fold in folds])
    sequences = facts.sequences.select(judged)
    truth = Truth(
        framing.names,
        framing.marks_entities,
        sequences.tags,
        sequences.lengths,
        _number_units(facts.groups, judged),
    )
    said = _join([fold.said for fold in folds])
    rivals = _ask_baselines(framing, folds)
    tally = count(truth, said.tags)
    tallies = {name: count(truth, rival.tags) for name, rival in rivals.items()}
    scores = {name: score(truth, rival, tallies[name]) for name, rival in rivals.items()}
    own = score(truth, said, tally)
    numbers = [np.full(len(fold.split.test), place) for place, fold in enumerate(folds)]
    verdict = judge(
        choose_first(facts.sequences.scheme),
        truth,
        said,
        tally,
        tallies,
        noun=facts.noun,
        words_of=BASELINES,
        scores=scores,
        own_scores=own,
        folds=np.concatenate(numbers) if len(folds) > 1 else None,
    )
    known = np.concatenate([fold.is_known for fold in folds])
    told = {name: rival.tags for name, rival in rivals.items()}
    positions = facts.positions[judged]
    steps = tabulate_steps(sequences, positions, truth, said, told, known)
    tables = {"predictions": steps, "by_type": tabulate_classes(truth, tally)}
    tables |= _tabulate_more(framing, steps)
    return Evaluation(own, scores, verdict.to_json(), tables)


def _tabulate_more(framing: Framing, steps: pd.DataFrame) -> dict[str, pd.DataFrame]:
    sequences = framing.facts.sequences
    groups = None
    if sequences.groups is not None:
        groups = np.empty(int(framing.facts.positions.max()) + 1, object)
        groups[framing.facts.positions] = sequences.groups
    if not framing.marks_entities:
        nothing = pd.DataFrame(columns=["outcome"])
        return {
            "confusion": tabulate_tag_confusion(steps),
            "breakdowns": break_down(steps, nothing, groups),
        }
    entities = tabulate_entities(steps)
    return {
        "entities": entities,
        "confusion": tabulate_confusion(entities),
        "breakdowns": break_down(steps, entities, groups),
    }


def _ask_baselines(framing: Framing, folds: Sequence[Fold]) -> dict[str, Said]:
    """Return what each baseline that all folds have says of all test parts."""
    sequences, tags = framing.facts.sequences, framing.tags
    found: dict[str, list[np.ndarray]] = {}
    for number, fold in enumerate(folds):
        split = fold.split
        train, validation, test = (
            take_part(sequences, tags, part) for part in (split.train, split.validation, split.test)
        )
        said = ask_baselines(train, validation, test, len(framing.names))
        found = {
            name: [*found.get(name, []), shares]
            for name, shares in said.items()
            if not number or name in found
        }
    lengths = np.concatenate([sequences.lengths[fold.split.test] for fold in folds])
    return {
        name: _choose(np.concatenate(parts), lengths, framing.marks_entities)
        for name, parts in found.items()
    }


def _choose(shares: np.ndarray, lengths: np.ndarray, marks_entities: bool) -> Said:
    logs = np.log(np.maximum(shares, SMALLEST))
    return Said(choose_paths(logs, lengths, marks_entities), shares)


def _join(parts: Sequence[Said]) -> Said:
    return Said(
        np.concatenate([part.tags for part in parts]),
        np.concatenate([part.shares for part in parts]),
    )


def _number_units(groups: np.ndarray | None, judged: np.ndarray) -> np.ndarray:
    """Number what resembles each other; a sequence without a group is a unit of its own."""
    if groups is None:
        return np.arange(len(judged))
    own = groups[judged]
    numbers = np.where(own < 0, groups.max(initial=0) + 1 + np.arange(len(own)), own)
    found: np.ndarray = np.unique(numbers, return_inverse=True)[1]
    return found
