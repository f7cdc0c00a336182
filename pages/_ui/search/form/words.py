"""What a search and its space are called, asked and explained as."""

from __future__ import annotations

from functools import partial
from typing import Any

from lstm_core.jobs.search_time import SearchTime
from lstm_core.jobs.slot import Slot
from lstm_core.machine import Gpu
from lstm_core.searches.space.words import say_entry as say_plainly
from lstm_core.spec.search import Entry, Strategy
from lstm_core.tasks.kind import PartSizes
from pages._ui.settings.wordbook import Wordbook
from pages._ui.shell.amounts import say_count

STRATEGIES: dict[Strategy, tuple[str, str]] = {  # (title, sentence)
    "bayesian": (
        "Bayesian",
        "Learns from the trials so far where the next one is worth it. Usually the best use of "
        "few trials.",
    ),
    "random": (
        "Random",
        "Any combination is as likely. Simple, hard to fool, and a fair picture of the space.",
    ),
    "grid": (
        "Grid",
        "One combination after another, until all are tried. For small spaces; of a range "
        "without a spacing it takes ten values.",
    ),
    "hyperband": (
        "Hyperband",
        "Many short trainings first, longer ones for the best of them. Quick where bad settings "
        "show early.",
    ),
}

SIZE_HELP = (
    "Small looks at what decides most, such as network, width and learning rate. Medium adds how "
    "it is kept from learning by heart, and how the data are put. Large adds what is more rarely "
    "worth "
    "it. A larger space needs more trials. Each size keeps your changes."
)


def say_space_value(words: Wordbook, path: str, value: Any) -> str:
    """Say one value that a setting may have in a space."""
    if value is None and words.is_left_to_data(path):
        return "Auto"
    if isinstance(value, list | tuple):
        said = (words.say(path, (each,)) for each in value)
        return " + ".join(said) or words.say(path, ())
    return words.say(path, value)


def say_entry(words: Wordbook, path: str, entry: Entry) -> str:
    """Say what a setting may be in a space, and when it matters."""
    return say_plainly(
        entry, path, say=partial(say_space_value, words), title=partial(_name_inside, words)
    )


def say_idle(words: Wordbook, parent: str) -> str:
    """Say why an entry is left out: what it waits for is never there."""
    return f"left out: {_name_inside(words, parent)} is never what it waits for"


def say_num_points(num_points: int | None) -> str:
    if num_points is None:
        return "Combinations without end: the space holds ranges."
    return f"{say_count(num_points, 'combination')}."


def say_time(time: SearchTime, num_slots: int) -> str:
    """Say how long a search takes at most, and what of it comes after the trials."""
    return (
        f"At most about {say_roughly(time.total_seconds)} on {say_count(num_slots, 'slot')}: "
        f"{say_roughly(time.trials_seconds)} for the trials, and then "
        f"{say_roughly(time.finale_seconds)} to compare and judge the best, which no "
        "limit of minutes ends. Validation usually ends it all earlier."
    )


def say_runs(time: SearchTime) -> str:
    """Say how long one run takes at most."""
    shortest, longest = say_roughly(time.shortest_seconds), say_roughly(time.longest_seconds)
    return (
        f"A run takes up to {longest}."
        if shortest == longest
        else (f"A run takes up to {shortest} or {longest}, depending on its settings.")
    )


def say_roughly(seconds: float) -> str:
    """``"40 seconds"``, ``"12 minutes"``, ``"3 hours"``, ``"2 days"``."""
    for size, unit in ((86_400, "day"), (3_600, "hour"), (60, "minute")):
        if seconds >= 1.5 * size:
            return say_count(round(seconds / size), unit)
    return say_count(max(1, round(seconds)), "second")


def say_machine(slots: tuple[Slot, ...], gpus: tuple[Gpu, ...], num_cores: int) -> str:
    """Say how many trials fit side by side here, and on what."""
    if gpus:
        models = ", ".join(sorted({gpu.model for gpu in gpus}))
        kind = f"{say_count(len(gpus), 'GPU')} ({models})"
    else:
        kind = say_count(num_cores, "CPU core")
    return f"Auto: **{len(slots)}**, on the {kind} of this machine."


def say_parts(development: PartSizes, num_folds: int, num_test: int, units: str) -> str:
    """Say what trials learn from and are scored on, and what none of them sees.

    Args:
        development: of the data that a search may see; its test part is what trials are scored on.
        num_test: of the whole data's test part.
        units: what is counted.
    """
    whose = " of each series, more or less" if development.num_series > 1 else ""
    return (
        f"Each trial learns from {development.num_training:,} {units}{whose}; another "
        f"{development.num_validation:,} decide when it stops, and it is scored on "
        f"{development.num_test:,} more, in {say_count(num_folds, 'fold')}. **{num_test:,} {units} "
        "are the test part: the search does not touch them.** The winner alone is judged on them, "
        "once, at the end."
    )


def _name_inside(words: Wordbook, path: str) -> str:
    title = words.title(path)
    return f"the {title[:1].lower()}{title[1:]}"
