from __future__ import annotations

import errno
import logging

import pytest

from lstm_core.jobs.local.backoff import Backoff, is_lasting


def test_pauses_grow_up_to_a_most_and_are_said_once(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO)
    now = [100.0]
    backoff = Backoff(1.0, 5.0, clock=lambda: now[0])
    assert backoff.remaining_seconds == 0
    pauses = []
    for _ in range(5):
        backoff.fail(OSError(errno.EMFILE, "Too many open files"))
        pauses.append(backoff.remaining_seconds)
        now[0] += backoff.remaining_seconds
        assert backoff.remaining_seconds == 0
    assert pauses == [1, 2, 4, 5, 5]
    assert [record.levelname for record in caplog.records] == ["WARNING"]
    backoff.succeed()
    backoff.succeed()
    assert [record.levelname for record in caplog.records] == ["WARNING", "INFO"]
    backoff.fail(OSError())
    assert backoff.remaining_seconds == 1


@pytest.mark.parametrize(
    ("number", "expected"),
    [
        *((number, False) for number in (errno.EMFILE, errno.ENFILE, errno.EAGAIN)),
        *((number, False) for number in (errno.ENOMEM, errno.ENOSPC, errno.EIO)),
        *((number, True) for number in (errno.ENOENT, errno.EACCES, errno.ENOEXEC)),
    ],
)
def test_what_is_worth_a_wait(number: int, expected: bool) -> None:
    assert is_lasting(OSError(number, "said")) is expected
