"""What a trained model says of one item, and what spoke for it, as JSON."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from lstm_core.data.items.collection import ItemCollection
from lstm_core.data.items.duplicates import normalise_symbols
from lstm_core.data.items.tokens import WORD
from lstm_core.errors import DataError, suggest_name
from lstm_core.learning.feeds.items import UNKNOWN
from lstm_core.tasks.classification.encoding.encoding import Encoding
from lstm_core.tasks.classification.explaining.occlusion import (
    explain,
    find_spans,
    hide_steps,
    hide_tokens,
)

if TYPE_CHECKING:
    from lstm_core.tasks.classification.predictor import LabelPredictor

WAYS = ("occlusion", "gradients")


def explain_item(
    predictor: LabelPredictor, items: ItemCollection, how: str | None, label: str | None
) -> dict[str, Any]:
    """Return what is said of the first item, and how much each step speaks for a label.

    Args:
        items: made ready for the model. ``how``: one of ``WAYS``; none: nothing is explained.
        label: that is asked about; the likeliest where none is given.

    Returns:
        ``labels``, ``probabilities``, ``said``, and of tokens ``text`` and ``pieces``, each with
        ``start``, ``stop`` and ``is_known``. Explained, ``label``, ``scores`` (one a step),
        ``spans`` (start, stop and score of steps), ``without`` (the probability with everything
        hidden, by occlusion) and ``gap`` (what is not explained, by gradients).

    Raises:
        DataError: there is no such way or label.
    """
    steps = predictor.encoding.encode(items.select([0]))[0]
    probabilities = predictor.predict([steps])[0]
    names = list(predictor.names)
    said = int(probabilities.argmax())
    answer: dict[str, Any] = {
        "labels": names,
        "probabilities": probabilities.tolist(),
        "said": names[said],
        "num_steps": len(steps),
        **_describe_steps(predictor.encoding, items, steps),
    }
    if how is None:
        return answer
    if how not in WAYS:
        raise DataError(f'There is no way "{how}" to explain.', suggest_name(how, WAYS).strip())
    if label is not None and label not in names:
        raise DataError(f'The model knows no label "{label[:40]}".', suggest_name(label, names))
    asked = said if label is None else names.index(label)
    answer["label"] = names[asked]
    if how == "occlusion":
        found = explain(lambda hidden: predictor.predict(_hide(steps, hidden)), len(steps), asked)
        answer |= {
            "scores": found.scores.tolist(),
            "spans": [[span.start, span.stop, span.score] for span in found.spans],
            "without": found.without,
        }
        return answer
    from lstm_core.tasks.classification.explaining.attributing import attribute

    attribution = attribute(predictor, steps, asked)
    spans = find_spans(attribution.scores, np.arange(len(steps) + 1))
    answer |= {
        "scores": attribution.scores.tolist(),
        "spans": [[span.start, span.stop, span.score] for span in spans],
        "gap": attribution.gap,
        "is_complete": attribution.is_complete,
    }
    return answer


def _hide(steps: np.ndarray, hidden: np.ndarray) -> list[np.ndarray]:
    """Return variants of an item's steps, ``(variants, steps)`` hidden."""
    hide = hide_tokens(steps, hidden, UNKNOWN) if steps.ndim == 1 else hide_steps(steps, hidden)
    return [variant.astype(steps.dtype) for variant in hide]


def _describe_steps(encoding: Encoding, items: ItemCollection, steps: np.ndarray) -> dict[str, Any]:
    """Return where in the item's text each step stands, and whether it is told apart.

    Runs of letters lie over each other.
    """
    if items.texts is None:
        return {}
    text = str(items.texts[0])
    if items.content == "symbols":
        text = normalise_symbols(text, items.alphabet)
    if encoding.tokens == "words":
        places = [found.span() for found in WORD.finditer(text)]
    else:
        text = " ".join(text.split())
        width = max(1, encoding.kmer)
        places = [(start, min(start + width, len(text))) for start in range(len(text))]
    known = steps != UNKNOWN
    pieces = [
        {"start": start, "stop": stop, "is_known": bool(is_known)}
        for (start, stop), is_known in zip(places, known, strict=False)
    ]
    return {"text": text, "pieces": pieces}
