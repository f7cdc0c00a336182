"""Browsers without a screen: each keeps a page open, and asks as often as the page tells it to."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.sync.client import ClientConnection

from benchmarks.chaos.visitor import visiting
from benchmarks.searching.serving import WebServer

TIMEOUT_SECONDS = 120.0


@dataclass
class Seen:
    """What came of requests.

    Attributes:
        seconds: of each, from asking to its end.
        num_bytes: received in all.
    """

    seconds: list[float] = field(default_factory=list)
    num_bytes: int = 0


class Browser:
    """One page in a session of its own; from one thread."""

    def __init__(self, connection: ClientConnection) -> None:
        self._connection = connection
        self._page, self._query, self._hash = "", "", ""
        self._intervals: dict[str, float] = {}
        self._due: dict[str, float] = {}
        self.seen = Seen()

    def open(self, page: str, query: str = "") -> None:
        """Go to a page by its name and what its address says behind ``?``."""
        self._page, self._query, self._hash = page, query, ""
        self._ask()

    def click(self) -> None:
        """Run the page's script once more, as a click does."""
        self._ask()

    def follow(self, seconds: float) -> None:
        """Ask for the parts of the page that are drawn on a clock, each at its time."""
        end = time.monotonic() + seconds
        while (now := time.monotonic()) < end:
            name = min(self._due, key=lambda each: self._due[each], default="")
            at = self._due.get(name, end)
            if at > now:
                self._listen(min(at, end) - now)
            else:
                self._due[name] = max(now, at + self._intervals[name])
                self._ask(name)

    def _ask(self, fragment: str = "") -> None:
        message = BackMsg()
        state = message.rerun_script
        state.query_string, state.page_name = self._query, "" if self._hash else self._page
        state.page_script_hash = self._hash
        if fragment:
            state.fragment_id, state.is_auto_rerun = fragment, True
        started = time.monotonic()
        self._connection.send(message.SerializeToString())
        while not self._listen(TIMEOUT_SECONDS):
            if time.monotonic() > started + TIMEOUT_SECONDS:
                raise TimeoutError
        self.seen.seconds.append(time.monotonic() - started)

    def _listen(self, seconds: float) -> bool:
        """Take one message in; return whether it says that a script has run."""
        try:
            received = self._connection.recv(timeout=max(0.0, seconds))
        except TimeoutError:
            return False
        assert isinstance(received, bytes)
        self.seen.num_bytes += len(received)
        answer = ForwardMsg()
        answer.ParseFromString(received)
        kind = answer.WhichOneof("type")
        if kind == "new_session" and not answer.metadata.run.fragment_ids:
            self._due = {}
        elif kind == "navigation":
            self._hash = answer.navigation.page_script_hash
        elif kind == "auto_rerun":
            told = answer.auto_rerun
            self._intervals[told.fragment_id] = told.interval
            self._due[told.fragment_id] = time.monotonic() + told.interval
        elif kind == "stop_auto_rerun":
            for fragment in answer.stop_auto_rerun.fragment_ids:
                self._due.pop(fragment, None)
        elif kind == "delta" and answer.delta.new_element.WhichOneof("type") == "exception":
            raise RuntimeError(answer.delta.new_element.exception.message)
        # A part that asks for the whole page ends early; the page's own end is still to come.
        early = ForwardMsg.FINISHED_EARLY_FOR_RERUN
        return kind == "script_finished" and answer.script_finished != early


@contextmanager
def browsing(server: WebServer, count: int = 1) -> Iterator[list[Browser]]:
    """Open so many sessions; close them at the end."""
    with ExitStack() as stack:
        visitors = [stack.enter_context(visiting(server)) for _ in range(count)]
        yield [Browser(visitor.connection) for visitor in visitors]


def side_by_side(actions: Sequence[threading.Thread]) -> None:
    """Start all, and wait for all."""
    for each in actions:
        each.start()
    for each in actions:
        each.join()
