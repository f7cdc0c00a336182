"""The translation of the training sentence that shares most with what is asked, by TF-IDF."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy import sparse
from sklearn.feature_extraction.text import TfidfVectorizer

MOST_CELLS = 20_000_000
"""Of similarities that are held at a time."""
MOST_FEATURES = 100_000
LONGEST = 2_000
"""Characters of a sentence that are compared: its beginning."""


@dataclass(frozen=True, eq=False)
class Nearest:
    """Training sentences to compare with.

    Attributes:
        features: ``(training sentences, features)``, each row of length 1.
        targets: theirs. ``vectorizer``: turns sentences into rows.
    """

    vectorizer: TfidfVectorizer
    features: sparse.csr_matrix
    targets: tuple[str, ...]

    def translate(self, sources: Sequence[str]) -> list[str]:
        """Return the targets of the most similar ones; the first of several equally similar."""
        said: list[str] = []
        step = max(1, MOST_CELLS // max(1, len(self.targets)))
        for begin in range(0, len(sources), step):
            shown = [text[:LONGEST] for text in sources[begin : begin + step]]
            rows = self.vectorizer.transform(shown)
            likeness = (rows @ self.features.T).tocsr()
            places = np.asarray(likeness.argmax(axis=1)).reshape(-1)
            said += [self.targets[place] for place in places]
        return said


def fit_nearest(sources: Sequence[str], targets: Sequence[str]) -> Nearest:
    """Learn which words are rare; of texts of a word or two, runs of one to four characters.

    Salton and Buckley, "Term-weighting approaches in automatic text retrieval", Information
    Processing and Management 24 (1988).
    """
    shown = [text[:LONGEST] for text in sources]
    words = float(np.median([len(text.split()) for text in shown])) if shown else 0.0
    shape = (
        {"token_pattern": r"(?u)\w+|[^\w\s]", "ngram_range": (1, 2)}
        if words > 2
        else {"analyzer": "char_wb", "ngram_range": (1, 4)}
    )
    vectorizer = TfidfVectorizer(
        sublinear_tf=True, max_features=MOST_FEATURES, dtype=np.float32, **shape
    )
    return Nearest(vectorizer, vectorizer.fit_transform(shown), tuple(targets))
