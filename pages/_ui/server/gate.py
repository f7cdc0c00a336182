"""Who gets in: only requests that name this server, from pages of this server.

A page of a foreign site can give its own name the address of this machine (DNS rebinding) and
then talk to a studio here as if it were its own server. Its requests still carry its name.
"""

from __future__ import annotations

import ipaddress
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Self
from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

_POLICY = "; ".join(
    (
        # Whatever a page shows, a browser asks nobody but this server.
        "default-src 'self'",
        # Streamlit's pages and their charts make scripts and styles as they go.
        "script-src 'self' 'unsafe-inline' 'unsafe-eval' blob:",
        "style-src 'self' 'unsafe-inline'",
        "img-src 'self' data: blob:",
        "font-src 'self' data:",
        "media-src 'self' data: blob:",
        "connect-src 'self' data: blob:",
        "worker-src 'self' blob:",
        "frame-src 'self' blob:",
        "object-src 'none'",
        "base-uri 'self'",
        "form-action 'self'",
        "frame-ancestors 'self'",
    )
)

PROTECTION = {
    "Content-Security-Policy": _POLICY,
    "X-Frame-Options": "SAMEORIGIN",  # for browsers that don't know frame-ancestors
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",  # an address is the key to a run
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}
"""What each answer tells the browser."""


@dataclass(frozen=True)
class Host:
    """A name or an address, and the port that was written with it."""

    name: str
    port: int | None

    @classmethod
    def parse(cls, text: str) -> Self | None:
        """Read what a ``Host`` header holds; None where it is nothing of the kind."""
        try:
            parts = urlsplit(f"//{text}")
            name, port = parts.hostname, parts.port
        except ValueError:
            return None
        if not name or parts.netloc != text or "@" in text or any(map(str.isspace, text)):
            return None
        return cls(_normalise(name.rstrip(".")), port)

    @property
    def is_loopback(self) -> bool:
        if self.name == "localhost" or self.name.endswith(".localhost"):
            return True
        try:
            return ipaddress.ip_address(self.name).is_loopback
        except ValueError:
            return False

    def matches(self, pattern: str) -> bool:
        """Whether a name that was allowed means this one: ``*`` any, ``*.x`` all below ``x``."""
        pattern = pattern.lower().strip("[]").rstrip(".")
        if pattern.startswith("*."):
            return self.name.endswith(pattern[1:])
        return pattern in ("*", self.name)


def _normalise(name: str) -> str:
    """Write an address in one way; a server that listens on IPv6 sees 1.2.3.4 as ::ffff:1.2.3.4."""
    try:
        address = ipaddress.ip_address(name)
    except ValueError:
        return name
    return str(getattr(address, "ipv4_mapped", None) or address)


class Gate:
    """Let in what names this server and comes from its own pages; protect what is answered.

    A request's ``Host`` has to be a loopback name, the address that this server listens on, or one
    of ``allowed_hosts``. Its ``Origin``, which a browser sends with whatever a page's script does,
    has to be that same host, or one of ``allowed_hosts`` (a proxy may have put its own name into
    ``Host``). What has no ``Origin`` is no script of a foreign page.

    Args:
        app: what answers those who were let in.
        address: what the server was told to listen on, if anything.
        allowed_hosts: further names; ``*.example.com`` is all below it, ``*`` any.
    """

    def __init__(
        self, app: ASGIApp, *, address: str | None = None, allowed_hosts: Sequence[str] = ()
    ) -> None:
        self._app = app
        self._own = Host.parse(address) if address else None
        self._allowed = tuple(allowed_hosts)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] not in ("http", "websocket"):
            await self._app(scope, receive, send)
            return
        refusal = self._find_refusal(scope)
        is_page = scope["type"] == "http"
        if refusal is not None:
            if is_page:
                answer = PlainTextResponse(refusal, status_code=403, headers=PROTECTION)
                await answer(scope, receive, send)
            else:
                await send({"type": "websocket.close", "code": 1008, "reason": refusal})
            return
        if not is_page:
            scope = _name_the_origin(scope)

        async def send_protected(message: Message) -> None:
            if message["type"] == "http.response.start":
                MutableHeaders(scope=message).update(PROTECTION)
            await send(message)

        await self._app(scope, receive, send_protected if is_page else send)

    def _find_refusal(self, scope: Scope) -> str | None:
        """Return why this request is not let in; None: it is."""
        headers = Headers(scope=scope)
        hosts, origins = headers.getlist("host"), headers.getlist("origin")
        host = Host.parse(hosts[0]) if len(hosts) == 1 else None
        if host is None or not self._is_ours(host, scope):
            return (
                f"This server does not go by the name of {', '.join(hosts)[:200]!r}. Whoever runs "
                "it can allow the name in LSTM_STUDIO_ALLOWED_HOSTS."
            )
        if origins and not (len(origins) == 1 and self._is_own_page(origins[0], host)):
            return "This server answers to its own pages only, and this came from another site's."
        return None

    def _is_ours(self, host: Host, scope: Scope) -> bool:
        if host.is_loopback or (self._own is not None and host.name == self._own.name):
            return True
        # Where the server listens on all addresses: the one that this connection came in by.
        listening = scope.get("server")
        return (
            listening is not None and host.name == _normalise(listening[0])
        ) or self._is_allowed(host)

    def _is_own_page(self, origin: str, host: Host) -> bool:
        scheme, _, rest = origin.partition("://")
        page = Host.parse(rest)
        if page is None or scheme not in ("http", "https"):
            return False
        usual = {"http": 80, "https": 443}[scheme]
        same = page.name == host.name and (page.port or usual) == (host.port or usual)
        return same or self._is_allowed(page)

    def _is_allowed(self, host: Host) -> bool:
        return any(host.matches(pattern) for pattern in self._allowed)


def _name_the_origin(scope: Scope) -> Scope:
    """Give a socket that was let in the host of its page.

    Streamlit compares the two once more; where they differ, it asks a server outside which
    address this machine has.
    """
    headers = Headers(scope=scope)
    if "origin" not in headers:
        return scope
    host = headers["origin"].partition("://")[2]
    others = [(name, value) for name, value in scope["headers"] if name != b"host"]
    return {**scope, "headers": [(b"host", host.encode("latin-1")), *others]}
