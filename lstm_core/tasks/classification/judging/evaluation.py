"""From what was said of the test parts to measures, verdict and tables."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from lstm_core.data.items.splitting.split import Split
from lstm_core.tasks.base import Evaluation
from lstm_core.tasks.classification.baselines.fitting import fit_baselines, select_items
from lstm_core.tasks.classification.framing import Framing
from lstm_core.tasks.classification.judging.answers import choose_labels
from lstm_core.tasks.classification.judging.calibration import Temperature, tabulate_reliability
from lstm_core.tasks.classification.judging.judgement import judge
from lstm_core.tasks.classification.judging.measures import choose_first
from lstm_core.tasks.classification.judging.scoring import score, score_by_label
from lstm_core.tasks.classification.judging.tables.breakdowns import break_down
from lstm_core.tasks.classification.judging.tables.predictions import (
    Judged,
    tabulate_predictions,
)

MODEL = "model"


@dataclass(frozen=True, eq=False)
class Fold:
    """What was said of one fold's test part.

    Attributes:
        split: its parts.
        probabilities: ``(m, labels)`` of its test part, at the temperature.
        temperature: that was fitted on its validation part.
    """

    split: Split
    probabilities: np.ndarray
    temperature: Temperature


def evaluate(framing: Framing, folds: Sequence[Fold]) -> Evaluation:
    """Judge what was said beside the baselines, each fitted to the fold's training part."""
    facts = framing.facts
    found, left_out = _ask_baselines(framing, folds)
    judged = Judged.join(
        [
            Judged(
                framing.names,
                fold.split.test,
                framing.labels[fold.split.test],
                fold.probabilities,
                np.zeros(len(fold.split.test), np.int64),
            )
            for fold in folds
        ]
    )
    rivals = {name: np.concatenate(each) for name, each in found.items()}
    groups = None if facts.groups is None else facts.groups[judged.positions]
    is_folded = len(folds) > 1
    verdict = judge(
        choose_first(framing.counts.tolist()),
        judged.labels,
        judged.probabilities,
        rivals,
        item=facts.item,
        groups=groups,
        folds=judged.folds if is_folded else None,
        left_out=left_out,
    )
    said = {name: choose_labels(each) for name, each in rivals.items()}
    judged = Judged(
        judged.names, judged.positions, judged.labels, judged.probabilities, judged.folds, said
    )
    return Evaluation(
        score(judged.labels, judged.probabilities),
        {name: score(judged.labels, each) for name, each in rivals.items()},
        verdict.to_json(),
        _tabulate(framing, judged),
    )


def _ask_baselines(
    framing: Framing, folds: Sequence[Fold]
) -> tuple[dict[str, list[np.ndarray]], dict[str, str]]:
    """Return what each baseline that all folds have says of each test part."""
    facts, labels = framing.facts, framing.labels
    found: dict[str, list[np.ndarray]] = {}
    left_out: dict[str, str] = {}
    for number, fold in enumerate(folds):
        split = fold.split
        known = split.validation[labels[split.validation] >= 0]
        fitted = fit_baselines(
            facts.items.content,
            facts.sequences,
            labels,
            split.train,
            known,
            len(framing.names),
        )
        left_out |= fitted.left_out
        said = fitted.predict(select_items(facts.sequences, split.test))
        found = {
            name: [*found.get(name, []), each]
            for name, each in said.items()
            if not number or name in found
        }
    return found, left_out


def _tabulate(framing: Framing, judged: Judged) -> dict[str, pd.DataFrame]:
    """Return the tables of a result; places are of the whole collection."""
    facts = framing.facts
    items = facts.items
    said = {MODEL: choose_labels(judged.probabilities), **judged.said}
    table = tabulate_predictions(judged, items.ids, items.labels)
    table["position"] = facts.positions[judged.positions]
    return {
        "predictions": table,
        "by_label": _name(score_by_label(judged.labels, judged.probabilities), framing.names),
        "reliability": tabulate_reliability(judged.labels, judged.probabilities),
        "breakdowns": break_down(
            judged.labels,
            said,
            names=framing.names,
            lengths=items.lengths[judged.positions],
            groups=None if items.groups is None else items.groups[judged.positions],
        ),
    }


def _name(table: pd.DataFrame, names: Sequence[str]) -> pd.DataFrame:
    return table.assign(label=np.asarray(names, object)[table["label"].to_numpy()])
