"""What baselines are called. Light, so that pages can say it."""

from __future__ import annotations

from collections.abc import Mapping

BASELINES: Mapping[str, str] = {
    "most_frequent": "always saying the most frequent label",
    "tfidf": "TF-IDF and logistic regression",
    "features": "summary features and logistic regression",
    "nearest": "the label of the nearest training item (1-NN)",
    "kmers": "short runs of letters (k-mers) and logistic regression",
    "positions": "letters by position and logistic regression",
}
"""As they stand in a sentence: "3 points better than ..."."""


def say_left_out(name: str, reason: str) -> str:
    """Say that a baseline is missing from a comparison, and why."""
    words = BASELINES[name]
    return f"{words[:1].upper()}{words[1:]} is not among the baselines: {reason}."
