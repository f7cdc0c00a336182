"""Sessions whose visitors have left are ended on time, in Streamlit's own storage."""

from __future__ import annotations

import asyncio
import gc
import weakref
from types import SimpleNamespace
from typing import Any

import pytest
from streamlit import config
from streamlit.runtime.memory_session_storage import MemorySessionStorage
from streamlit.runtime.runtime import Runtime
from streamlit.runtime.session_manager import SessionInfo
from streamlit.runtime.websocket_session_manager import WebsocketSessionManager

from pages._ui.server import dead_sessions
from pages._ui.server.dead_sessions import drop_dead_sessions, keep_dropping_dead_sessions


class FakeSession:
    def __init__(self, name: str) -> None:
        self.id = name
        self.is_over = False

    def shutdown(self) -> None:
        self.is_over = True


def keep(monkeypatch: pytest.MonkeyPatch, ttl_seconds: int) -> FakeSession:
    """Let a server have one session whose browser has gone."""
    anything: Any = None
    storage = MemorySessionStorage(ttl_seconds=ttl_seconds)
    manager = WebsocketSessionManager(storage, anything, anything, anything)
    session: Any = FakeSession("one")
    storage.save(SessionInfo(client=None, session=session, script_run_count=1))
    server = SimpleNamespace(_session_mgr=manager)
    fake = SimpleNamespace(exists=lambda: True, get_instance=lambda: server)
    monkeypatch.setattr(dead_sessions, "runtime", fake)
    return session


def test_only_those_go_whose_time_is_over(monkeypatch: pytest.MonkeyPatch) -> None:
    session = keep(monkeypatch, ttl_seconds=60)
    assert drop_dead_sessions() == 0
    assert not session.is_over
    session = keep(monkeypatch, ttl_seconds=0)
    assert drop_dead_sessions() == 1
    assert session.is_over
    assert drop_dead_sessions() == 0


def test_without_a_server_there_is_nothing_to_do() -> None:
    assert drop_dead_sessions() == 0


def test_the_server_still_keeps_them_where_they_are_looked_for() -> None:
    assert "_session_mgr" in Runtime.__init__.__code__.co_names
    assert config.get_option("server.disconnectedSessionTTL") <= 60


def test_a_fault_does_not_end_the_looking(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    looks = []

    def look() -> int:
        looks.append(1)
        if len(looks) == 1:
            raise AttributeError("_cache")
        raise asyncio.CancelledError

    monkeypatch.setattr(dead_sessions, "SWEEP_SECONDS", 0.0)
    monkeypatch.setattr(dead_sessions, "drop_dead_sessions", look)
    with pytest.raises(asyncio.CancelledError):
        asyncio.run(keep_dropping_dead_sessions())
    assert len(looks) == 2
    assert "could not be let go of" in caplog.text


def test_garbage_is_collected_here_and_not_after_every_script(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    class Ring:
        def __init__(self) -> None:
            self.own = self

    seen = []

    def look() -> int:
        seen.append(garbage() is not None)
        if len(seen) == 2:
            raise asyncio.CancelledError
        return 0

    monkeypatch.setattr(dead_sessions, "SWEEP_SECONDS", 0.0)
    monkeypatch.setattr(dead_sessions, "drop_dead_sessions", look)
    gc.disable()
    try:
        garbage = weakref.ref(Ring())
        with pytest.raises(asyncio.CancelledError):
            asyncio.run(keep_dropping_dead_sessions())
    finally:
        gc.enable()
    assert seen == [True, False]
    assert not config.get_option("runner.postScriptGC")
