"""Series by their names from a source outside this machine, with patience and older copies."""

from __future__ import annotations

import logging
import re
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from lstm_core.data.reading.table import SourceTable
from lstm_core.data.reading.telling import Remark
from lstm_core.data.sources.online.arranging import arrange, choose_columns
from lstm_core.data.sources.online.copies import Copy, make_copy, name_copy, read_copy, write_copy
from lstm_core.data.sources.online.face import BusyError, OnlineSource
from lstm_core.data.wording import list_names
from lstm_core.errors import SpecError, StudioError
from lstm_core.spec.download import DownloadPlan

MOST_NAMES = 20

_NUM_TRIES = 3
_FIRST_WAIT_SECONDS = 2.0

_log = logging.getLogger(__name__)

Wait = Callable[[float], None]


@dataclass(frozen=True)
class Answers:
    """What a source gave for each of several names.

    Attributes:
        source: that was asked.
        names: that it was asked for, as it writes them.
        plan: with nothing left open.
        came: what came just now, or not long ago.
        failed: why nothing came.
        old: of what failed, what had come before.
    """

    source: OnlineSource
    names: tuple[str, ...]
    plan: DownloadPlan
    came: Mapping[str, Copy]
    failed: Mapping[str, StudioError]
    old: Mapping[str, Copy]

    def refuse(self) -> StudioError:
        """Return the error that nothing came, with what else there is in its remedy."""
        first = next(iter(self.failed.values()))
        what = first.what
        if len(self.names) > 1:
            what = f"None of {list_names(self.names)} came. {what}"
        copy = ""
        if self.old:
            age = say_oldest(self.old)
            copy = f" the copy of the {self.source.contents} that was fetched {age} ago,"
        error = type(first)(what, f"{first.remedy} Or take{copy} {self.source.ways}.")
        error.__cause__ = first.__cause__
        return error


def split_names(source: OnlineSource, text: str) -> tuple[str, ...]:
    """Return the names in ``AAPL, MSFT`` as the source writes them, each once.

    Raises:
        SpecError: one is none, or they are too many.
    """
    given = [part for part in re.split(r"[,;\n]", text) if part.strip()] or [text]
    names = tuple(dict.fromkeys(source.check_name(part) for part in given))
    if len(names) > MOST_NAMES:
        raise SpecError(
            f"{len(names)} are too many for one table.", f"Ask for at most {MOST_NAMES} at once."
        )
    return names


def ask_source(
    source: OnlineSource,
    text: str,
    plan: DownloadPlan,
    *,
    cache_folder: Path | None = None,
    anew: bool = False,
    wait: Wait = time.sleep,
) -> Answers:
    """Ask for one name or several, with commas between them, and keep what comes.

    Args:
        cache_folder: where answers are kept. A copy younger than four hours is an answer.
        anew: whether to ask although there is one.
        wait: called with the seconds to wait between two tries.

    Raises:
        SpecError: a name or the plan is not well-formed.
    """
    names, plan = split_names(source, text), source.complete(plan)
    came: dict[str, Copy] = {}
    failed: dict[str, StudioError] = {}
    old: dict[str, Copy] = {}
    busy: BusyError | None = None
    for name in names:
        path = name_copy(source.key, name, plan, cache_folder) if cache_folder else None
        copy = read_copy(path) if path else None
        if copy is not None and copy.is_fresh and not anew:
            came[name] = copy
            continue
        try:
            if busy is not None:  # whoever refuses one name after some waiting refuses the next
                raise busy
            frame = _fetch_patiently(source, name, plan, cache_folder, wait)
        except StudioError as error:
            busy = error if isinstance(error, BusyError) else busy
            failed[name] = error
            if copy is not None:
                old[name] = copy
            continue
        if path:
            write_copy(frame, path)
        came[name] = make_copy(frame)
    return Answers(source, names, plan, came, failed, old)


def fetch_table(
    source: OnlineSource,
    text: str,
    plan: DownloadPlan | None = None,
    *,
    cache_folder: Path | None = None,
    anew: bool = False,
    wait: Wait = time.sleep,
) -> SourceTable:
    """Return what a source has under one name or several.

    Several stand one below the other, told apart by a column, or side by side, as the plan says.
    Where the source fails, an older copy does, and a remark says why and how old it is. What can't
    be had at all is named in a remark; the others are a table nonetheless.

    Args:
        cache_folder, anew, wait: see ``ask_source``.

    Raises:
        SpecError: a name or the plan is not well-formed.
        DataError: the source has nothing under any of the names.
        SourceError: it refused, failed, answered with nothing, or there is no network. Its
            remedy names the other ways to data.
    """
    answers = ask_source(
        source, text, plan or DownloadPlan(), cache_folder=cache_folder, anew=anew, wait=wait
    )
    copies = {**answers.came, **answers.old}
    used = {name: copies[name] for name in answers.names if name in copies}
    if not used:
        raise answers.refuse()
    frames = {name: choose_columns(copy.frame, answers.plan) for name, copy in used.items()}
    return SourceTable(
        arrange(frames, answers.plan.layout, source.names),
        ", ".join(answers.names),
        tuple(_tell(answers, used)),
    )


def find_copies(
    source: OnlineSource, text: str, plan: DownloadPlan, cache_folder: Path
) -> Mapping[str, Copy]:
    """Return the copies of earlier answers, by name, in the order of the names.

    Raises:
        SpecError: a name or the plan is not well-formed.
    """
    names, plan = split_names(source, text), source.complete(plan)
    copies = {name: read_copy(name_copy(source.key, name, plan, cache_folder)) for name in names}
    return {name: copy for name, copy in copies.items() if copy is not None}


def say_oldest(copies: Mapping[str, Copy]) -> str:
    """Return how old the oldest of some copies is, in words."""
    return min(copies.values(), key=lambda copy: copy.fetched_at).age


def _tell(answers: Answers, used: Mapping[str, Copy]) -> Sequence[Remark]:
    source = answers.source
    remarks = [Remark("source", sentence) for sentence in source.say_plan(answers.plan)]
    if answers.came:
        fetched_at = min(copy.fetched_at for copy in answers.came.values())
        remarks.append(
            Remark(
                "fetched_at",
                f"The {source.contents} are as of {fetched_at:%Y-%m-%d %H:%M} UTC, when "
                f"{source.title} was asked.",
            )
        )
    for name, failure in answers.failed.items():
        of = "" if len(answers.names) == 1 else f" of {list_names([name])}"
        if name in used:
            copy = f"These {source.contents}{of} are a copy, {used[name].age} old."
            remarks.append(Remark("old_copy", f"{failure.what} {copy}"))
        else:
            remarks.append(Remark("left_out", f"{list_names([name])} is left out. {failure.what}"))
    return remarks


def _fetch_patiently(
    source: OnlineSource, name: str, plan: DownloadPlan, cache_folder: Path | None, wait: Wait
) -> pd.DataFrame:
    """Try again after 2 and 4 seconds while there are too many requests."""
    for attempt in range(_NUM_TRIES - 1):
        try:
            return source.fetch(name, plan, cache_folder)
        except BusyError:
            _log.info("%s refused try %d for %s", source.title, attempt + 1, name)
            wait(_FIRST_WAIT_SECONDS * 2**attempt)
    return source.fetch(name, plan, cache_folder)
