"""Whose session it is: the browser's that opened it, and nobody's else who knows its id."""

from __future__ import annotations

import hashlib
import re
from typing import Any

from starlette.requests import HTTPConnection
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Receive, Scope, Send
from streamlit import runtime
from streamlit.web.server.server_util import is_xsrf_enabled
from streamlit.web.server.starlette.starlette_app_utils import (
    decode_xsrf_token_string,
    validate_xsrf_token,
)
from streamlit.web.server.starlette.starlette_server_config import XSRF_COOKIE_NAME

HEADER = b"x-studio-browser"
"""Told to Streamlit with each socket, which asks for it (``server.trustedUserHeaders``)."""

_UPLOAD = re.compile(r"/_stcore/upload_file/(?P<session>[^/]+)/")


class SessionsGate:
    """Let a browser go on with its own sessions only, and put and delete the uploads of those.

    Streamlit gives each browser a token of its own, and asks for it; but it compares it with
    nothing but the request itself, so that whoever knew a session's id could take the session over
    or put a file into it. Here the token has to be the one with which the session was opened.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "websocket":
            scope = _name_the_browser(scope)
        elif scope["type"] == "http" and not _may_touch(scope):
            answer = PlainTextResponse(
                "This file belongs to a page that is not open in this browser. Reload the page.",
                status_code=403,
            )
            await answer(scope, receive, send)
            return
        await self._app(scope, receive, send)


def _name_the_browser(scope: Scope) -> Scope:
    """Put the browser's token, made unreadable, into the headers; whatever stood there goes."""
    headers = [(name, value) for name, value in scope["headers"] if name != HEADER]
    token, _ = decode_xsrf_token_string(_read_token(scope))
    if token:
        headers.append((HEADER, hashlib.sha256(token).hexdigest().encode()))
    return {**scope, "headers": headers}


def _may_touch(scope: Scope) -> bool:
    """Whether a request leaves uploads alone, or is of the browser whose session they are in."""
    found = _UPLOAD.search(scope["path"])
    if found is None or scope["method"] == "OPTIONS" or not is_xsrf_enabled():
        return True
    opened_with = _read_cookies(found["session"]).get(XSRF_COOKIE_NAME)
    return validate_xsrf_token(_read_token(scope), opened_with)


def _read_token(scope: Scope) -> str:
    return HTTPConnection(scope).cookies.get(XSRF_COOKIE_NAME, "")


def _read_cookies(session_id: str) -> dict[str, Any]:
    """Return the cookies that came when the session was last connected; none: it is not."""
    # Streamlit has no public way from a session's id to its connection.
    manager = runtime.get_instance()._session_mgr
    info = manager.get_active_session_info(session_id)
    context = None if info is None else getattr(info.client, "client_context", None)
    return {} if context is None else dict(context.cookies)
