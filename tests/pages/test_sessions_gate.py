"""A session belongs to the browser that opened it."""

from __future__ import annotations

import asyncio
from types import SimpleNamespace
from typing import Any

import pytest
import streamlit as st
from streamlit.web.server.starlette.starlette_app_utils import generate_xsrf_token_string

from pages._ui.server import sessions_gate
from pages._ui.server.sessions_gate import HEADER, SessionsGate

UPLOAD = "/_stcore/upload_file/{}/file"


def ask(
    kind: str, path: str = "/_stcore/stream", method: str = "PUT", *headers: tuple[bytes, bytes]
) -> tuple[list[Any], list[Any]]:
    """Send one request through the gate; return what was answered and what the app was asked."""
    asked: list[Any] = []
    sent: list[Any] = []

    async def app(scope: Any, receive: Any, send: Any) -> None:
        asked.append(scope)

    async def send(message: Any) -> None:
        sent.append(message)

    scope = {"type": kind, "method": method, "path": path, "headers": list(headers)}
    asyncio.run(SessionsGate(app)(scope, None, send))  # type: ignore[arg-type] # nothing is read
    return sent, asked


def show(token: str) -> tuple[bytes, bytes]:
    return b"cookie", f"_streamlit_xsrf={token}".encode()


def read_browser(*headers: tuple[bytes, bytes]) -> list[bytes]:
    _, (scope,) = ask("websocket", "/_stcore/stream", "GET", *headers)
    return [value for name, value in scope["headers"] if name == HEADER]


def test_a_socket_is_told_whose_it_is_and_not_by_the_one_who_asks() -> None:
    token, other = generate_xsrf_token_string(b"a" * 16), generate_xsrf_token_string(b"b" * 16)
    (mine,) = read_browser(show(token))
    assert read_browser(show(token), (HEADER, b"forged")) == [mine]
    assert read_browser(show(generate_xsrf_token_string(b"a" * 16))) == [mine]
    assert read_browser(show(other)) != [mine]
    assert token.encode() not in mine
    for nothing in ((), (show("nonsense"),), ((HEADER, b"forged"),)):
        assert read_browser(*nothing) == []


def test_streamlit_is_set_to_believe_the_gate() -> None:
    assert st.get_option("server.trustedUserHeaders") == {"X-Studio-Browser": "browser"}
    assert HEADER == b"x-studio-browser"


@pytest.mark.parametrize("method", ["PUT", "DELETE"])
def test_an_upload_is_touched_by_the_sessions_own_browser_only(
    method: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    token, other = generate_xsrf_token_string(b"a" * 16), generate_xsrf_token_string(b"b" * 16)
    client = SimpleNamespace(client_context=SimpleNamespace(cookies={"_streamlit_xsrf": token}))
    sessions = {"mine": SimpleNamespace(client=client)}
    manager = SimpleNamespace(get_active_session_info=sessions.get)
    instance = SimpleNamespace(_session_mgr=manager)
    monkeypatch.setattr(sessions_gate.runtime, "get_instance", lambda: instance)
    for session_id, shown, is_let in (
        *(("mine", token, True), ("mine", other, False), ("mine", "", False)),
        *(("nobody", token, False), ("nobody", "", False)),
    ):
        sent, asked = ask("http", UPLOAD.format(session_id), method, show(shown))
        assert bool(asked) is is_let
        assert is_let or sent[0]["status"] == 403
    assert ask("http", UPLOAD.format("mine"), "OPTIONS")[1]
    assert ask("http", "/data", "GET")[1]
