"""The baselines together, on a text that is at hand."""

import numpy as np

from lstm_core.data.documents.samples.harbour import make_harbour
from lstm_core.data.documents.splitting.cutting import split_documents
from lstm_core.data.documents.splitting.plan import TextPlan
from lstm_core.data.documents.splitting.stretches import read_stretches
from lstm_core.learning.encoding.units import fit_units
from lstm_core.tasks.language.baselines.fitting import fit_baselines
from lstm_core.tasks.language.baselines.words import BASELINES, describe_order


def test_context_is_worth_much() -> None:
    collection = make_harbour()
    split = split_documents(collection, TextPlan())
    parts = [read_stretches(collection.texts, part) for part in
             (split.train, split.validation, split.test)]  # fmt: skip
    units = fit_units("characters", parts[0], 200, 1)
    train, validation, test = ([units.encode(text) for text in part] for part in parts)
    baselines = fit_baselines("characters", train, validation, units.size)
    assert set(baselines.models) == set(baselines.seconds) == set(BASELINES)
    losses = {name: -scores.mean() for name, scores in baselines.score(test).items()}
    shares = np.bincount(np.concatenate(train), minlength=units.size) / len(train[0])
    with np.errstate(divide="ignore"):
        entropy = -np.log(shares[np.concatenate(test)]).mean()
    assert abs(losses["unigram"] - entropy) < 0.01
    assert losses["ngrams"] < 0.2 * losses["unigram"]
    assert set(fit_baselines("melody", train, [], units.size, only=["ngrams"]).models) == {"ngrams"}


def test_an_order_in_words() -> None:
    assert "the 6 characters before" in describe_order(7, "characters")
    assert "the unit before:" in describe_order(2, "melody")
    assert "how often each word" in describe_order(1, "words")
