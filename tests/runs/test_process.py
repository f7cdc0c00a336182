from __future__ import annotations

import subprocess
import sys
from dataclasses import replace

import psutil
import pytest

from lstm_core.runs.process import identify_process


def test_this_process_is_alive() -> None:
    assert identify_process().is_alive


def test_a_later_process_with_the_same_number_is_another_one() -> None:
    process = identify_process()
    assert not replace(process, started=process.started - 60).is_alive


def test_an_ended_process_is_not_alive_even_as_a_zombie() -> None:
    child = subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE)
    process = identify_process(child.pid)
    assert process.is_alive
    child.kill()
    # It stays a zombie until somebody waits for it, and that is left undone on purpose.
    while psutil.Process(child.pid).status() != psutil.STATUS_ZOMBIE:
        pass
    assert not process.is_alive
    child.communicate()
    assert not process.is_alive


def test_only_its_own_machine_can_tell() -> None:
    elsewhere = replace(identify_process(), host="elsewhere")
    assert not elsewhere.is_here
    with pytest.raises(ValueError, match="machine"):
        _ = elsewhere.is_alive
