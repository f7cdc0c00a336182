"""What of the texts is kept apart to judge, in words."""

from __future__ import annotations

from typing import Any

from lstm_core.data.documents.collection import DocumentCollection
from lstm_core.data.documents.splitting.cutting import split_documents
from lstm_core.data.documents.splitting.plan import TextPlan, choose_text_split
from lstm_core.data.documents.splitting.words import say_text_split

PIECES = 8
"""In how many places the validation part is taken of a text whose end is judged."""


def say_parts(task: Any, collection: DocumentCollection) -> str:
    """Say what is kept apart, and how.

    Args:
        task: its section of the spec.

    Raises:
        DataError: the texts can't be split so.
    """
    how = task.split or choose_text_split(collection).how
    pieces = PIECES if how == "end" else 1
    plan = TextPlan(how, task.test_fraction, task.validation_fraction, pieces)
    group = dict(collection.roles).get("group", "group")
    return say_text_split(split_documents(collection, plan), plan, group=group)
