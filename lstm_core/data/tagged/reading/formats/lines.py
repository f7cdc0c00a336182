"""Running text, a sentence a line: what a trained model is to be asked about."""

from __future__ import annotations

import numpy as np
import pandas as pd

from lstm_core.data.items.reading.source import Hint
from lstm_core.data.tagged.reading.source import TaggedSource
from lstm_core.data.tagged.words import WordCut
from lstm_core.errors import DataError

TOKEN = "token"
_MOST_WORDS = 5_000_000


def read_sentences(text: str, name: str, cut: WordCut | None = None) -> TaggedSource:
    """Return a row a word of all lines, each line a sequence.

    Args:
        cut: how lines are cut into words; None: words and marks apart.

    Raises:
        DataError: there are no words, or too many.
    """
    cut = cut or WordCut()
    words: list[str] = []
    begins: list[bool] = []
    for line in text.split("\n"):
        found = cut.cut(line)
        words += found
        begins += [number == 0 for number in range(len(found))]
        if len(words) > _MOST_WORDS:
            raise DataError(
                f'The file "{name[:80]}" holds more than {_MOST_WORDS:,} words.',
                "Bring a part of it.",
            )
    if not words:
        raise DataError(f'The file "{name[:80]}" holds no words.', "Write a sentence on each line.")
    return TaggedSource(
        pd.DataFrame({TOKEN: words}, dtype="str"),
        name,
        "lines",
        begins=np.array(begins, dtype=bool),
        hints={"token": Hint(TOKEN, "Lines of text were cut into words.")},
        notes=("Each line was read as a sentence, and cut into words.",),
    )
