"""From what was said of the test part to measures, verdict and tables."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from lstm_core.data.documents.splitting.stretches import count_characters
from lstm_core.learning.encoding.units import UNKNOWN
from lstm_core.memo import Memo
from lstm_core.tasks.base import Evaluation
from lstm_core.tasks.language.baselines.fitting import fit_baselines
from lstm_core.tasks.language.baselines.words import BASELINES
from lstm_core.tasks.language.encoding import Encoding
from lstm_core.tasks.language.framing import Framing
from lstm_core.tasks.language.judging.judgement import Heard, judge
from lstm_core.tasks.language.judging.measures import choose_first
from lstm_core.tasks.language.judging.tables import (
    break_down,
    tabulate_documents,
    tabulate_units,
)
from lstm_core.tasks.language.laying_out import Judged, name_unit_kind


def evaluate(
    framing: Framing, encoding: Encoding, judged: Sequence[Judged], logs: np.ndarray
) -> Evaluation:
    """Judge what was said beside the baselines, fitted to the training part.

    Args:
        judged: the stretches of the test part. ``logs``: ``(units,)`` of them, one by one.
    """
    documents = np.repeat(
        [each.document for each in judged], [each.passage.num_judged for each in judged]
    ).astype(np.int64)
    numbers, starts, stops = (
        np.concatenate([getattr(each.located, name) for each in judged])
        for name in ("numbers", "starts", "stops")
    )
    rivals = ask_baselines(framing, encoding, judged)
    kept = ~_find_copied(framing, documents, starts, stops)
    num_characters = int((stops - starts)[kept].sum())
    heard = Heard(
        logs=logs[kept],
        rivals={name: each[kept] for name, each in rivals.items()},
        documents=documents[kept],
        num_characters=num_characters,
        unknown=float((numbers[kept] == UNKNOWN).mean()) if kept.any() else 0.0,
    )
    num_copied = int((stops - starts)[~kept].sum())
    asked = count_characters(framing.split.test)
    verdict = judge(
        choose_first(encoding.units.kind),
        heard,
        noun=name_unit_kind(encoding),
        words_of=BASELINES,
        num_copied=num_copied,
        num_left=max(0, asked - num_characters - num_copied),
    )
    units = tabulate_units(
        framing.collection,
        encoding.units,
        documents[kept],
        numbers[kept],
        starts[kept],
        stops[kept],
        heard.logs,
        dict(heard.rivals),
    )
    ids = framing.collection.ids
    return Evaluation(
        heard.score(),
        {name: heard.score(name) for name in heard.rivals},
        verdict.to_json(),
        {
            "predictions": units,
            "breakdowns": break_down(units),
            "documents": tabulate_documents(
                ids, documents[kept], (stops - starts)[kept], heard.logs
            ),
        },
    )


def ask_baselines(
    framing: Framing, encoding: Encoding, judged: Sequence[Judged]
) -> dict[str, np.ndarray]:
    """Return what each baseline says of the units judged, ``(units,)`` logarithms."""
    train, validation = (
        [encoding.encode_stretches(framing, [stretch]) for stretch in part]
        for part in (framing.split.train, framing.split.validation)
    )
    streams = [each.passage.units for each in judged]
    kind, size = encoding.units.kind, encoding.units.size
    found = _ANSWERS.recall(_ask, kind, train, validation, streams, size)
    read = np.concatenate(
        [np.arange(len(each.passage.units)) < each.passage.num_read for each in judged]
    )
    return {name: logs[~read].astype(np.float32) for name, logs in found.items()}


def _ask(
    kind: str,
    train: Sequence[np.ndarray],
    validation: Sequence[np.ndarray],
    streams: Sequence[np.ndarray],
    num_units: int,
) -> dict[str, np.ndarray]:
    return fit_baselines(kind, train, validation, num_units).score(streams)


_ANSWERS: Memo[dict[str, np.ndarray]] = Memo(2)


def _find_copied(
    framing: Framing, documents: np.ndarray, starts: np.ndarray, stops: np.ndarray
) -> np.ndarray:
    """Return which units lie in a paragraph that is learnt from as well, bool ``(units,)``."""
    learnt = framing.list_learnt()
    if not len(learnt) or not len(documents):
        return np.zeros(len(documents), bool)
    scale = 1 + int(max(starts.max(), learnt[:, 1].max()))
    learnt = learnt[np.lexsort((learnt[:, 1], learnt[:, 0]))]
    keys = learnt[:, 0] * scale + learnt[:, 1]
    at = np.searchsorted(keys, documents * scale + starts, side="right") - 1
    own = learnt[np.maximum(at, 0)]  # the last paragraph that begins before a unit does
    found: np.ndarray = (at >= 0) & (own[:, 0] == documents) & (stops <= own[:, 2])
    return found & (stops > starts)
