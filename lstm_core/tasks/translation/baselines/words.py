"""What baselines are called. Light, so that pages can say it."""

from __future__ import annotations

from collections.abc import Mapping

BASELINES: Mapping[str, str] = {
    "copy": "copying what is given",
    "nearest": "the translation of the most similar training sentence",
    "dictionary": "a dictionary, word by word",
}
"""As they stand in a sentence: "3 points better than ..."."""
