"""What a process of its own says of itself; its stderr is a file in the logs' folder."""

from __future__ import annotations

import logging
import os
import sys
from pathlib import Path

MOST_LOG_BYTES = 1_000_000
"""Of a log that goes on from process to process; two such files are kept."""


def log_to_stderr() -> None:
    """Write every message of at least level INFO, with its time and its module."""
    logging.basicConfig(
        level=logging.INFO,
        stream=sys.stderr,
        format="%(asctime)s %(levelname)s %(name)s: %(message)s",
    )


def turn_over(log_path: Path, most_bytes: int = MOST_LOG_BYTES) -> None:
    """Put a log that has grown large aside, in the place of the one that was put aside before.

    Called before the next process writes into it; one that still does goes on in the old file.

    Raises:
        OSError: the folder can't be written.
    """
    if log_path.exists() and log_path.stat().st_size > most_bytes:
        os.replace(log_path, log_path.with_suffix(".old.log"))
