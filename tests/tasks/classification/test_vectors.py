"""Words that begin with vectors that were learnt elsewhere."""

from dataclasses import replace

import keras
import numpy as np
import pytest

from lstm_core.data.items.vectors import WordVectors
from lstm_core.errors import SpecError
from lstm_core.learning.encoding.vocabulary import BEGIN
from lstm_core.tasks.classification.defaults import resolve_spec
from lstm_core.tasks.classification.export.program import write_program
from lstm_core.tasks.classification.network.stem import EMBEDDING
from lstm_core.tasks.classification.task import ClassificationTask
from tests.tasks.classification.examples import ask_for, make_moods


def test_known_words_begin_as_they_were_brought() -> None:
    values = np.random.default_rng(1).normal(0, 2, size=(2, 12)).astype(np.float32)
    vectors = WordVectors(("lovely", "unseen"), values, "glove.txt", 2)
    collection = replace(make_moods(), vectors=vectors)
    spec, reasons = resolve_spec(ask_for(), collection)
    assert spec.task.embedding == 12
    assert "vectors" in reasons["task.embedding"]
    task = ClassificationTask(spec, collection)
    task.prepare(None)
    vocabulary = task.encoding.vocabulary
    assert vocabulary is not None
    (table,) = task.build_network().get_layer(EMBEDDING).get_weights()
    row = table[vocabulary.numbers["lovely"]]
    assert np.corrcoef(row, values[0])[0, 1] == pytest.approx(1.0)
    others = np.delete(table, vocabulary.numbers["lovely"], axis=0)
    assert np.abs(others).max() <= BEGIN
    keras.utils.clear_session()


def test_another_width_is_refused() -> None:
    vectors = WordVectors(("lovely",), np.ones((1, 12), np.float32), "glove.txt", 1)
    with pytest.raises(SpecError, match="12 numbers"):
        resolve_spec(ask_for(task__embedding=8), replace(make_moods(), vectors=vectors))


def test_a_script_says_that_it_has_no_vectors() -> None:
    vectors = WordVectors(("lovely",), np.ones((1, 12), np.float32), "glove.txt", 1)
    for collection in (make_moods(), replace(make_moods(), vectors=vectors)):
        spec, _ = resolve_spec(ask_for(), collection)
        said = " ".join(write_program(spec, collection).introduction.split())
        assert ("vectors that were brought" in said) == (collection.vectors is not None)
