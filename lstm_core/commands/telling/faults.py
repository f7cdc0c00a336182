"""What becomes of an error that nobody foresaw."""

from __future__ import annotations

import traceback
from datetime import UTC, datetime

from lstm_core.settings import load_settings


def log_fault(fault: Exception) -> str:
    """Append the traceback to ``logs/commands.log`` in the home; return a sentence for people."""
    log_path = load_settings().logs_folder / "commands.log"
    log_path.parent.mkdir(parents=True, exist_ok=True)
    with log_path.open("a", encoding="utf-8", errors="backslashreplace") as log:
        log.write(f"{datetime.now(UTC).isoformat()}\n")
        log.writelines(traceback.format_exception(fault))
    return (
        f"LSTM Studio met a fault of its own ({type(fault).__name__}). Try again; if it comes "
        f"back, {log_path} tells the maintainers what happened."
    )
