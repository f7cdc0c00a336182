"""The side of a what-if question that waits for the answer, and stays light."""

from __future__ import annotations

import subprocess
from pathlib import Path
from tempfile import TemporaryDirectory

import pandas as pd

from lstm_core.errors import StudioError
from lstm_core.jobs.launcher import WHAT_IF_OPTION, Launcher
from lstm_core.jobs.question import Question, read_answer

ANSWER_SECONDS = 120.0
"""Some seconds do, even where the engine has to be loaded first and the machine is busy."""


def ask(
    launcher: Launcher,
    question: Question,
    log_path: Path,
    timeout_seconds: float = ANSWER_SECONDS,
) -> pd.DataFrame:
    """Let another process forecast, and wait for it.

    Returns:
        A forecast table of the question's series.

    Raises:
        StudioError: the question was refused, or nobody answered in time.
    """
    with TemporaryDirectory(prefix="what-if-") as name:
        folder = Path(name)
        question.write(folder)
        try:
            process = launcher.launch([WHAT_IF_OPTION, name], log_path)
        except OSError as error:
            raise StudioError(
                f"The process that forecasts could not be started: {error}.", "Try again later."
            ) from error
        try:
            process.wait(timeout_seconds)
        except subprocess.TimeoutExpired:
            raise StudioError(
                f"The forecast was not there after {timeout_seconds:.0f} seconds and was given up.",
                "Try again when less is training on this machine.",
            ) from None
        finally:
            process.kill()
            process.wait()
        forecast = read_answer(folder)
    if forecast is None:
        raise StudioError(
            f"The process that forecasts ended without an answer, with status "
            f"{process.returncode}.",
            f"Try again; if it comes back, {log_path.name} in the server's logs says why.",
        )
    return forecast
