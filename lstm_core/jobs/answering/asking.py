"""The side of a question that waits for the answer, and stays light."""

from __future__ import annotations

import json
import logging
import subprocess
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from tempfile import TemporaryDirectory

from lstm_core.errors import StudioError
from lstm_core.jobs.local.endings import explain_exit
from lstm_core.jobs.local.launcher import Launcher
from lstm_core.jobs.questions.question import AnswerT, Question, is_done
from lstm_core.jobs.questions.streamed import (
    OnPieces,
    PieceReader,
    StreamedQuestion,
    has_pieces,
    ignore_pieces,
    say_enough,
)

_LOGGER = logging.getLogger(__name__)

LOOK_SECONDS = 0.05
"""From one look for an answer to the next."""

MOST_LOOKS = 40
"""For the end of an answer that nobody wants any more, before its process is ended with it."""

NUM_TRIES = 2
"""Processes that a question may cost: one may die of the questions before."""


class Asker:
    """Asks a process that has the training engine, and waits for its answers.

    Owns at most one process, from the first question on. It answers one question after another
    and ends by itself once nobody has asked for a while; the next question starts another. What
    dies, loses the question at hand, which is asked again once. Several threads may ask; they are
    served one at a time, as each process costs what a worker costs.
    """

    def __init__(self, launcher: Launcher, log_path: Path) -> None:
        self._launcher = launcher
        self._log_path = log_path
        self._process: subprocess.Popen[bytes] | None = None
        self._asking = threading.Lock()

    @property
    def is_busy(self) -> bool:
        """Whether somebody waits for an answer."""
        return self._asking.locked()

    def ask(
        self,
        question: Question[AnswerT],
        on_wait: Callable[[], None] = lambda: None,
        on_pieces: OnPieces = ignore_pieces,
    ) -> AnswerT:
        """Let the process work on a question, and wait as long as it lives.

        Args:
            on_wait: called several times a second; what it raises ends the question.
            on_pieces: called as often with what has come of an answer in pieces.

        Raises:
            StudioError: the question was refused, or its process ended without an answer.
        """
        while not self._asking.acquire(timeout=LOOK_SECONDS):
            on_wait()
        try:
            return self._ask(question, on_wait, on_pieces)
        finally:
            self._asking.release()

    def close(self) -> None:
        """End the process; it has nothing to lose."""
        process, self._process = self._process, None
        if process is not None:
            process.kill()
            process.wait()
            assert process.stdin is not None
            with suppress(OSError):  # a line that it never read
                process.stdin.close()

    def _ask(
        self, question: Question[AnswerT], on_wait: Callable[[], None], on_pieces: OnPieces
    ) -> AnswerT:
        with _making_room(question) as folder:
            _write(question, folder)
            for _ in range(NUM_TRIES):
                look = on_wait
                if isinstance(question, StreamedQuestion):
                    question.begin_pieces(folder)
                    look = _look_at_pieces(folder, on_wait, on_pieces)
                if self._put(question, folder) and self._await(folder, look):
                    break
            answer = question.read_answer(folder) if is_done(folder) else None
        if answer is None:
            raise self._explain_silence(question)
        return answer

    def _put(self, question: Question[AnswerT], folder: Path) -> bool:
        """Tell the process, or a new one, where the question is; False where it is gone."""
        if self._process is None or self._process.poll() is not None:
            self.close()
            try:
                self._process = self._launcher.launch_answerer(self._log_path)
            except (OSError, MemoryError) as error:
                raise _explain_refusal(question, error) from error
        assert self._process.stdin is not None
        try:
            self._process.stdin.write(f"{json.dumps(str(folder))}\n".encode())
            self._process.stdin.flush()
        except OSError as error:
            _LOGGER.info("The process that answers questions is gone: %s", error)
            return False
        return True

    def _await(self, folder: Path, on_wait: Callable[[], None]) -> bool:
        """Return whether the question was dealt with; False: its process ended before."""
        assert self._process is not None
        try:
            while not is_done(folder):
                try:
                    self._process.wait(LOOK_SECONDS)
                except subprocess.TimeoutExpired:
                    on_wait()
                else:
                    return is_done(folder)
        except BaseException:  # nobody waits any more: what it works on would hold up the next
            if not self._ends(folder):
                self.close()
            raise
        return True

    def _ends(self, folder: Path) -> bool:
        """Return whether the process ends an answer in pieces when it is told that it may."""
        assert self._process is not None
        say_enough(folder)
        for _ in range(MOST_LOOKS if has_pieces(folder) else 0):
            if is_done(folder):
                return True
            with suppress(subprocess.TimeoutExpired):
                self._process.wait(LOOK_SECONDS)
        return False

    def _explain_silence(self, question: Question[AnswerT]) -> StudioError:
        status = None if self._process is None else self._process.poll()
        end = "met a fault" if status is None else explain_exit(status)
        _LOGGER.warning("A question was not answered; its process %s (%s)", end, status)
        return StudioError(
            f"The process that {question.work} {end}, without an answer.",
            f"Try again; if it comes back, {self._log_path.name} in the server's logs says why.",
        )


def _look_at_pieces(
    folder: Path, on_wait: Callable[[], None], on_pieces: OnPieces
) -> Callable[[], None]:
    reader = PieceReader(folder)

    def look() -> None:
        on_pieces(reader.read())
        on_wait()

    return look


@contextmanager
def _making_room(question: Question[AnswerT]) -> Iterator[Path]:
    """Give a folder for the question and its answer, which goes with what is in it."""
    try:
        folder = TemporaryDirectory(prefix="question-", ignore_cleanup_errors=True)
    except OSError as error:
        raise _explain_refusal(question, error) from error
    with folder as name:
        yield Path(name)


def _write(question: Question[AnswerT], folder: Path) -> None:
    try:
        question.write(folder)
    except OSError as error:
        raise _explain_refusal(question, error) from error


def _explain_refusal(question: Question[AnswerT], error: BaseException) -> StudioError:
    """Say that nothing could be started; the log has what the system said."""
    _LOGGER.warning("A question's process could not be started: %s", error)
    return StudioError(
        f"The process that {question.work} could not be started: this machine has no room for "
        "another one at the moment.",
        "Try again in a minute, or when less is training.",
    )
