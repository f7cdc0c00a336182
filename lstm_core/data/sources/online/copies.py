"""The last good answer to each request, on disk."""

from __future__ import annotations

import logging
import os
import tempfile
import time
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pandas as pd

from lstm_core.spec.download import DownloadPlan

_FRESH_SECONDS = 4 * 3600.0

_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Copy:
    """A copy and when it was fetched."""

    frame: pd.DataFrame
    fetched_at: datetime

    @property
    def age_seconds(self) -> float:
        return max(0.0, time.time() - self.fetched_at.timestamp())

    @property
    def is_fresh(self) -> bool:
        return self.age_seconds < _FRESH_SECONDS

    @property
    def age(self) -> str:
        """In words: ``3 hours``."""
        return say_age(self.age_seconds)


def name_copy(source: str, name: str, plan: DownloadPlan, folder: Path) -> Path:
    """Return where the copy of an answer lies; its columns and their layout are no matter."""
    span = plan.period or f"{plan.start or 'first'}_{plan.end or 'last'}"
    parts = [source, name, span, *([plan.interval] if plan.interval else [])]
    return folder / f"{'_'.join(parts)}{'' if plan.adjusted else '_traded'}.parquet"


def read_copy(path: Path) -> Copy | None:
    """Return a copy, or None where there is none or it is damaged."""
    try:
        fetched_at = datetime.fromtimestamp(path.stat().st_mtime, UTC)
        return Copy(pd.read_parquet(path), fetched_at)
    except FileNotFoundError:
        return None
    except (OSError, ValueError) as error:  # pyarrow's errors are kinds of these
        _log.warning("The copy %s can't be read", path.name, exc_info=error)
        return None


def make_copy(frame: pd.DataFrame) -> Copy:
    """Return what came just now."""
    return Copy(frame, datetime.now(UTC))


def write_copy(frame: pd.DataFrame, path: Path) -> None:
    """Keep an answer, whole or not at all."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, temporary = tempfile.mkstemp(dir=path.parent, suffix=".part")
    os.close(handle)
    try:
        frame.to_parquet(temporary)
        os.replace(temporary, path)
    finally:
        Path(temporary).unlink(missing_ok=True)


def say_age(seconds: float) -> str:
    """Return an age in words, such as ``3 hours``."""
    for size, one in ((86_400, "day"), (3_600, "hour"), (60, "minute")):
        if seconds >= size:
            count = int(seconds // size)
            return f"{count} {one}{'s' if count > 1 else ''}"
    return "less than a minute"
