"""Who may touch an upload: the browser whose session it belongs to."""

from __future__ import annotations

import re
from typing import Any

from starlette.requests import HTTPConnection
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Receive, Scope, Send
from streamlit import runtime
from streamlit.web.server.server_util import is_xsrf_enabled
from streamlit.web.server.starlette.starlette_app_utils import validate_xsrf_token
from streamlit.web.server.starlette.starlette_server_config import XSRF_COOKIE_NAME

_UPLOAD = re.compile(r"/_stcore/upload_file/(?P<session>[^/]+)/")


class UploadsGate:
    """Let a browser put and delete the uploads of its own session only.

    Streamlit asks for a token that each browser makes for itself, and for a session's id: whoever
    knew an id could put a file into that session. Here the token has to be the one with which the
    session was opened.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        found = _UPLOAD.search(scope["path"]) if scope["type"] == "http" else None
        if (
            found is None
            or scope["method"] == "OPTIONS"
            or not is_xsrf_enabled()
            or _is_of(found["session"], scope)
        ):
            await self._app(scope, receive, send)
            return
        answer = PlainTextResponse(
            "This file belongs to a page that is not open in this browser. Reload the page.",
            status_code=403,
        )
        await answer(scope, receive, send)


def _is_of(session_id: str, scope: Scope) -> bool:
    opened_with = _read_cookies(session_id).get(XSRF_COOKIE_NAME)
    return validate_xsrf_token(HTTPConnection(scope).cookies.get(XSRF_COOKIE_NAME), opened_with)


def _read_cookies(session_id: str) -> dict[str, Any]:
    """Return the cookies that came when the session was last connected; none: it is not."""
    # Streamlit has no public way from a session's id to its connection.
    manager = runtime.get_instance()._session_mgr
    info = manager.get_active_session_info(session_id)
    context = None if info is None else getattr(info.client, "client_context", None)
    return {} if context is None else dict(context.cookies)
