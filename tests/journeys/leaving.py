"""Which requests of a browser go to another machine: none may."""

from __future__ import annotations

from urllib.parse import urlsplit

from playwright.sync_api import BrowserContext, Page

HERE = ("127.0.0.1", "localhost")
LOCAL_SCHEMES = ("data", "blob", "about")


class Watch:
    """Sees every request and every socket of a context's pages, also those that never get out."""

    def __init__(self, context: BrowserContext) -> None:
        self._seen: list[str] = []
        context.on("request", lambda request: self._seen.append(request.url))
        context.on("page", self._watch_sockets)

    def _watch_sockets(self, page: Page) -> None:
        page.on("websocket", lambda socket: self._seen.append(socket.url))

    @property
    def num_seen(self) -> int:
        return len(self._seen)

    def list_leaving(self) -> list[str]:
        """Return the addresses on other machines that were asked for."""
        parts = {address: urlsplit(address) for address in self._seen}
        return sorted(
            address
            for address, part in parts.items()
            if part.scheme not in LOCAL_SCHEMES and part.hostname not in HERE
        )
