"""The side of a question that waits for the answer, and stays light."""

from __future__ import annotations

import logging
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from lstm_core.errors import StudioError
from lstm_core.jobs.endings import explain_exit
from lstm_core.jobs.launcher import ANSWER_OPTION, Launcher
from lstm_core.jobs.question import AnswerT, Question

_LOGGER = logging.getLogger(__name__)

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
    with _making_room(question) as folder:
        try:
            question.write(folder)
            process = launcher.launch([ANSWER_OPTION, str(folder)], log_path)
        except (OSError, MemoryError) as error:
            raise _explain_refusal(question, error) from error
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
        _LOGGER.warning("A question's process ended with status %d", process.returncode)
        raise StudioError(
            f"The process that {question.work} {explain_exit(process.returncode)}, without an "
            "answer.",
            f"Try again; if it comes back, {log_path.name} in the server's logs says why.",
        )
    return answer


@contextmanager
def _making_room(question: Question[AnswerT]) -> Iterator[Path]:
    """Give a folder for the question and its answer, which goes with what is in it."""
    try:
        folder = TemporaryDirectory(prefix="question-", ignore_cleanup_errors=True)
    except OSError as error:
        raise _explain_refusal(question, error) from error
    with folder as name:
        yield Path(name)


def _explain_refusal(question: Question[AnswerT], error: BaseException) -> StudioError:
    """Say that nothing could be started; the log has what the system said."""
    _LOGGER.warning("A question's process could not be started: %s", error)
    return StudioError(
        f"The process that {question.work} could not be started: this machine has no room for "
        "another one at the moment.",
        "Try again in a minute, or when less is training.",
    )
