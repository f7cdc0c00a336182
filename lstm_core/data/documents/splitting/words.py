"""A split of running texts in words, for the confirm card and the report."""

from __future__ import annotations

from lstm_core.data.documents.splitting.plan import TextPlan
from lstm_core.data.documents.splitting.stretches import TextSplit, count_characters
from lstm_core.data.wording import count_words
from lstm_core.ratios import say_percent


def say_text_split(split: TextSplit, plan: TextPlan, *, group: str = "group") -> str:
    """Return what is kept apart, and how.

    Args:
        group: what a group is called, as the file has it.
    """
    num_train, num_validation, num_test = split.sizes
    share = num_test / (num_train + num_validation + num_test)
    several = len(split.test) > 1
    sentences = [
        f"{count_words(num_test, 'character')} ({say_percent(share)}) kept apart to judge, "
        f"{num_validation:,} to decide when to stop, {num_train:,} to learn from.",
        {
            "end": f"They are the end of {'each' if several else 'the'} text.",
            "documents": f"They are {count_words(len(split.test), 'whole text')}.",
            "grouped": f'They are {count_words(len(split.test), "whole text")}; no "{group[:40]}" '
            "is on two sides.",
            "given": "The parts are as the texts came.",
        }[plan.how],
    ]
    left_out = count_characters(split.left_out)
    if left_out:
        sentences.append(f"{count_words(left_out, 'character')} left out.")
    return " ".join(sentences)
