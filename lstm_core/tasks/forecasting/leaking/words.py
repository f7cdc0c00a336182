"""What is said of a column that tells what is to be predicted."""

from __future__ import annotations

from collections.abc import Sequence

from lstm_core.data.wording import list_names
from lstm_core.judging.diagnosis import say_percent, say_steps
from lstm_core.tasks.forecasting.leaking.columns import Leak

_MOST_NAMED = 3

ADVICE = (
    "Ask when such a value is really known. If it is written down or worked out afterwards, it "
    "will be missing in use, and every error shown for this model is too small: leave it out."
)


def say_reason(leak: Leak) -> str:
    """Say in a sentence what was measured; names from files are in it."""
    column, target = list_names([leak.column]), list_names([leak.target])
    open_share = (
        f"{say_percent(leak.share)} of what the past of {target} leaves open in the training part"
    )
    when = _say_when(leak.steps)
    if leak.way == "later":
        return f"{column} tells what {target} is {when}: it explains {open_share}."
    if leak.way == "ahead":
        return (
            f"{column}, which is given as known ahead, is made of earlier values of {target} "
            f"({when}) that lie ahead as well: it explains {open_share}."
        )
    if leak.way == "same":
        return (
            f"{column}, which is given as known ahead, says the value of {target} itself: it "
            f"explains {open_share}."
        )
    if leak.way == "made":
        return (
            f"{column} is made of later values of {target}, as a mean over both sides is: "
            f"{say_percent(leak.share)} of its changes that earlier values leave open follow from "
            "them in the training part."
        )
    if leak.way == "copy":
        return (
            f"{column} is {target} {when} with something added by chance: it has the same level, "
            f"moves by as much, and explains {open_share}."
        )
    if leak.way == "holds":
        return (
            f"{target} {when} seems to be a part of {column}: that moves by as much, is never the "
            f"smaller one, and explains {open_share}."
        )
    if leak.way == "direction":
        return (
            f"{column} tells whether {target} rises or falls {when}, almost without fail in the "
            "training part."
        )
    return (
        f"{column} and other columns that are given as known ahead add up to {target}: together "
        f"they explain {open_share}."
    )


def say_all(leaks: Sequence[Leak]) -> str:
    """Say what was found of all columns: the first few with their reasons, the rest by name."""
    shown = leaks[:_MOST_NAMED]
    if len({leak.way for leak in leaks}) == 1 and leaks[0].way == "together":
        shown = leaks[:1]
    said = " ".join(say_reason(leak) for leak in shown)
    rest = [leak.column for leak in leaks[len(shown) :]]
    return f"{said} The same goes for {list_names(rest)}." if rest else said


def _say_when(steps: int) -> str:
    if steps == 0:
        return "at the same time"
    return f"{say_steps(abs(steps))} {'later' if steps > 0 else 'earlier'}"
