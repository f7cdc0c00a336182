"""The side of a question that waits for the answer, and stays light."""

from __future__ import annotations

import subprocess
from pathlib import Path
from tempfile import TemporaryDirectory

from lstm_core.errors import StudioError
from lstm_core.jobs.launcher import ANSWER_OPTION, Launcher
from lstm_core.jobs.question import AnswerT, Question

ANSWER_SECONDS = 120.0
"""Some seconds do, even where the engine has to be loaded first and the machine is busy."""


def ask(
    launcher: Launcher,
    question: Question[AnswerT],
    log_path: Path,
    timeout_seconds: float = ANSWER_SECONDS,
) -> AnswerT:
    """Let another process work on a question, and wait for its answer.

    Raises:
        StudioError: the question was refused, or nobody answered in time.
    """
    with TemporaryDirectory(prefix="question-") as name:
        folder = Path(name)
        question.write(folder)
        try:
            process = launcher.launch([ANSWER_OPTION, name], log_path)
        except OSError as error:
            raise StudioError(
                f"The process that {question.work} could not be started: {error}.",
                "Try again later.",
            ) from error
        try:
            process.wait(timeout_seconds)
        except subprocess.TimeoutExpired:
            raise StudioError(
                f"The process that {question.work} had no answer after {timeout_seconds:.0f} "
                "seconds and was ended.",
                "Try again when less is training on this machine.",
            ) from None
        finally:
            process.kill()
            process.wait()
        answer = question.read_answer(folder)
    if answer is None:
        raise StudioError(
            f"The process that {question.work} ended without an answer, with status "
            f"{process.returncode}.",
            f"Try again; if it comes back, {log_path.name} in the server's logs says why.",
        )
    return answer
