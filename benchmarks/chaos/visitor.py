"""A visitor without a browser: what its scripts say to the server, said by hand."""

from __future__ import annotations

import http.client
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from urllib.parse import urlsplit

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.sync.client import ClientConnection, connect
from websockets.typing import Origin, Subprotocol

from benchmarks.searching.serving import WebServer

COOKIE = "_streamlit_xsrf"
TIMEOUT_SECONDS = 60.0


class Visitor:
    """One session, open for as long as ``visiting`` lasts.

    Attributes:
        session_id: as the server calls the session.
        token: what this visitor shows with each upload.
    """

    def __init__(self, connection: ClientConnection, token: str) -> None:
        self.connection, self.token = connection, token
        self.session_id = ""

    def open_page(self, name: str = "") -> None:
        """Ask for a page and wait until its script has run.

        Raises:
            TimeoutError: it did not come to its end.
            RuntimeError: something went wrong in it.
        """
        message = BackMsg()
        message.rerun_script.page_name = name
        self.connection.send(message.SerializeToString())
        while True:
            answer = ForwardMsg()
            received = self.connection.recv(timeout=TIMEOUT_SECONDS)
            assert isinstance(received, bytes)
            answer.ParseFromString(received)
            kind = answer.WhichOneof("type")
            if kind == "new_session":
                self.session_id = answer.new_session.initialize.session_id
            elif kind == "delta" and answer.delta.new_element.WhichOneof("type") == "exception":
                raise RuntimeError(answer.delta.new_element.exception.message)
            elif kind == "script_finished":
                return


@contextmanager
def visiting(
    server: WebServer, token: str | None = None, session_id: str | None = None
) -> Iterator[Visitor]:
    """Open a session as a browser does, first the token, then the socket; close it at the end.

    Args:
        server: whom to visit.
        token: of a browser that was here before; None: a new one's.
        session_id: the session to go on with, whosever it is; None: a new one.
    """
    place = urlsplit(server.address).netloc
    if token is None:
        health = ask(server, "/_stcore/health")
        token = health.headers["set-cookie"].partition(";")[0].partition("=")[2]
    protocols = ["streamlit", "PLACEHOLDER_AUTH_TOKEN", session_id] if session_id else ["streamlit"]
    with connect(
        f"ws://{place}/_stcore/stream",
        subprotocols=[Subprotocol(name) for name in protocols],
        origin=Origin(server.address),
        additional_headers={"Cookie": f"{COOKIE}={token}"},
        # What nobody reads yet must not hold back the answer to a ping, or the end.
        max_size=None,
        max_queue=None,
        open_timeout=TIMEOUT_SECONDS,
    ) as connection:
        yield Visitor(connection, token)


def ask(
    server: WebServer,
    path: str,
    method: str = "GET",
    headers: Mapping[str, str] | None = None,
    body: bytes | Iterator[bytes] | None = None,
) -> http.client.HTTPResponse:
    """Send one request, with the path exactly as it is given."""
    place = urlsplit(server.address).netloc
    connection = http.client.HTTPConnection(place, timeout=TIMEOUT_SECONDS)
    connection.request(method, path, body, dict(headers or {}))
    return connection.getresponse()
