"""What can go wrong, said for people: what happened, then what to do about it.

Every error that a person may cause or meet is a ``StudioError``. Its text is one plain
sentence or two, fit for a page and for one line on stderr. Anything else that escapes is a
defect of ours: pages and the command line say so without a traceback, and log it.
"""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches


class StudioError(Exception):
    """The root of all errors meant for people.

    Args:
        what: what happened, in one sentence.
        remedy: what to do next, in one sentence; may be empty.

    ``str(error)`` is both, on one line.
    """

    retryable = False
    """Whether the same request may succeed later, unchanged."""

    def __init__(self, what: str, remedy: str = "") -> None:
        self.what = " ".join(what.split())
        self.remedy = " ".join(remedy.split())
        super().__init__(f"{self.what} {self.remedy}".strip())


class SpecError(StudioError):
    """The experiment as described cannot be run: a misspelt key, a value out of bounds."""


class NewerVersionError(SpecError):
    """A newer version of this program wrote it; nothing is wrong with it."""


class DataError(StudioError):
    """The data cannot be used as it is."""


class SourceError(StudioError):
    """A source outside this machine refused, failed or was not reachable."""

    retryable = True


class NotFoundError(StudioError):
    """A run, a dataset or an artifact that is not in the record."""


class TrainingError(StudioError):
    """The training itself failed: the loss became NaN, memory ran out."""


class RunCancelled(Exception):  # noqa: N818 - a request that was obeyed, not an error
    """Somebody asked the run to stop, and it did. Its text is for people; may be empty."""


class NothingLearnt(RunCancelled):
    """It was to end with what it had learnt by then, and that was nothing yet."""

    def __init__(self) -> None:
        super().__init__(
            "Stopped on request before its first epoch was finished: there is nothing to show."
        )


def suggest_name(name: str, known: Iterable[str]) -> str:
    """Return ``' Did you mean "x"?'`` for the known name nearest to ``name``, or ``''``."""
    nearest = get_close_matches(name, list(known), n=1, cutoff=0.6)
    return f' Did you mean "{nearest[0]}"?' if nearest else ""
