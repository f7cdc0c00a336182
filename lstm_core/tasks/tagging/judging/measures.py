"""What taggers are judged by. Light, so that pages can say it."""

from __future__ import annotations

from lstm_core.data.tagged.entities import Scheme
from lstm_core.judging.measures import Measure

ENTITY_F1 = Measure(
    "entity_f1",
    "Entity F1",
    "The harmonic mean of precision and recall of entities. One counts as found only with its "
    "exact beginning and end and its type. 1 is perfect.",
    "larger",
    1.0,
    ".3f",
)
ENTITY_PRECISION = Measure(
    "entity_precision",
    "Entity precision",
    "How many of the entities that were said are there, whole and of that type.",
    "larger",
    1.0,
    ".3f",
)
ENTITY_RECALL = Measure(
    "entity_recall",
    "Entity recall",
    "How many of the entities that are there were said, whole and of their type.",
    "larger",
    1.0,
    ".3f",
)
MACRO_F1 = Measure(
    "macro_f1",
    "Macro-F1",
    "F1 of each type of entity, or of each tag, averaged: each counts the same, however rare it "
    "is. 1 is perfect.",
    "larger",
    1.0,
    ".3f",
)
ACCURACY = Measure(
    "accuracy",
    "Right tags",
    "The share of steps that got their tag. Where most steps are outside of any entity, it is high "
    "for whoever says nothing: it decides nothing here.",
    "larger",
    1.0,
    ".1%",
)
LOG_LOSS = Measure(
    "log_loss",
    "Log loss",
    "How surprised the probabilities are by the true tags, in nats a step.",
    "smaller",
    0.0,
    ".4f",
)

MEASURES = (ENTITY_F1, ENTITY_PRECISION, ENTITY_RECALL, MACRO_F1, ACCURACY, LOG_LOSS)

DECIDING = (ENTITY_F1, MACRO_F1)
"""Those that a verdict may go by."""


def choose_first(scheme: Scheme) -> Measure:
    """Return the measure that decides: never the share of right tags."""
    return ENTITY_F1 if scheme == "bio" else MACRO_F1
