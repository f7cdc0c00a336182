"""What may be wrong with what a translator says."""

from __future__ import annotations

import pandas as pd

from lstm_core.data.wording import count_words
from lstm_core.judging.diagnosis import Diagnosis, Fix, say_percent
from lstm_core.spec import ExperimentSpec
from lstm_core.tasks.translation.doctor.repeating import find_repeated

REPEATING = 0.05
"""Share of the translations that say the same again and again, from which on it is told."""

EARLY, LATE = 0.8, 1.3
"""How long all translations are beside the references; outside of this it is told."""

FEWEST = 5
"""Translations in which something shows."""


def find_one_answer(pairs: pd.DataFrame) -> Diagnosis | None:
    """Look whether everything becomes the same."""
    said = pairs["said"]
    if len(said) < FEWEST or said.nunique() > 1 or pairs["target"].nunique() < 2:
        return None
    return Diagnosis(
        "one_answer",
        "It says one thing only",
        f'Every one of {len(said):,} texts became "{str(said.iloc[0])[:40]}".',
        "It has not begun to learn: let it train for longer, or bring more pairs.",
        None,
    )


def find_repeating(pairs: pd.DataFrame) -> Diagnosis | None:
    """Look whether the decoder says the same again and again."""
    which = [
        place
        for place, (said, target) in enumerate(zip(pairs["said"], pairs["target"], strict=True))
        if find_repeated(said) and not find_repeated(target)
    ]
    if len(which) < max(FEWEST, REPEATING * len(pairs)):
        return None
    example = find_repeated(pairs["said"].iloc[which[0]])
    return Diagnosis(
        "repeating",
        "It repeats itself",
        f"{count_words(len(which), 'translation')} ({say_percent(len(which) / len(pairs))}) say "
        f'the same again and again, such as "{example[:40]}".',
        "It has lost its place in what is given. More pairs and longer training help most.",
        None,
    )


def find_lengths(pairs: pd.DataFrame, spec: ExperimentSpec) -> Diagnosis | None:
    """Look whether translations end too early, or too late."""
    said, wanted = (pairs[name].str.len().sum() for name in ("said", "target"))
    ratio = said / max(wanted, 1)
    if len(pairs) < FEWEST or EARLY <= ratio <= LATE:
        return None
    if ratio > LATE:
        return Diagnosis(
            "late_end",
            "Translations are too long",
            f"They are {say_percent(ratio)} of the length that they should have.",
            "Favour long translations less, or let it learn for longer.",
            Fix("Favour none for its length", {"task.length_penalty": 0.0})
            if spec.task.length_penalty
            else None,
        )
    return Diagnosis(
        "early_end",
        "Translations end too early",
        f"They are {say_percent(ratio)} of the length that they should have.",
        "Short ones are likelier for their shortness alone: favour longer ones, or let it learn "
        "for longer.",
        Fix("Favour longer translations", {"task.length_penalty": 1.5})
        if spec.task.length_penalty < 1.5
        else None,
    )
