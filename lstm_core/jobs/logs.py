"""What a process of its own says of itself; its stderr is a file in the logs' folder."""

from __future__ import annotations

import logging
import sys


def log_to_stderr() -> None:
    """Write every message of at least level INFO, with its time and its module."""
    logging.basicConfig(
        level=logging.INFO,
        stream=sys.stderr,
        format="%(asctime)s %(levelname)s %(name)s: %(message)s",
    )
