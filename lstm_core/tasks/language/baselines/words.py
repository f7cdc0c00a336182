"""What baselines are called, in words for people. Light, so that pages can say it."""

from __future__ import annotations

BASELINES = {
    "unigram": "how often each unit occurs (unigram)",
    "ngrams": "what followed the last few units before (n-gram)",
}
"""As they stand in a sentence: "6% better than ..."."""

_UNITS = {"characters": "character", "words": "word", "pieces": "piece"}


def describe_order(order: int, kind: str) -> str:
    """Say what an n-gram model of an order looks at."""
    unit = _UNITS.get(kind, "unit")
    if order == 1:
        return f"It looks at nothing but how often each {unit} occurs."
    before = f"the {unit} before" if order == 2 else f"the {order - 1} {unit}s before"
    return (
        f"It looks at {before}: what followed them in the text "
        "that was learnt from, and what followed fewer of them where that is seldom "
        "(interpolated modified Kneser–Ney)."
    )
