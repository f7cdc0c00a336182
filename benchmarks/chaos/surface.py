"""Knock at every door of the web server as a stranger would; count what was let in or let out.

Foreign names and pages, sessions of others, ways out of the folder, bodies and headers beyond all
measure, broken messages; and, from the inside, what a browser asks for while it looks at each
page.
"""

from __future__ import annotations

import os
import random
import socket
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from uuid import uuid4

import psutil
from playwright.sync_api import sync_playwright

from benchmarks.chaos.suite import Effort, Outcome
from benchmarks.chaos.visitor import COOKIE, Visitor, ask, visiting
from benchmarks.harness import temporary_home
from benchmarks.searching.serving import WebServer, serving
from lstm_core.runs.snapshots.status import RunStatus
from lstm_core.runs.stores.store import Store
from tests.journeys.chrome import FLAGS, find_chrome
from tests.journeys.idle import wait_until_idle
from tests.journeys.leaving import Watch
from tests.journeys.patience import be_patient
from tests.pages import records

FOREIGN_HOSTS = (
    *("evil.example", "localhost.evil.example", "127.0.0.1.evil.example", "192.0.2.1", "0.0.0.0"),
    *("localhost@evil.example", "evil.example:80", "[fd00::5]", "xn--lcalhost-55a", "local host"),
)
FOREIGN_ORIGINS = (
    *(
        "http://evil.example",
        "https://localhost.evil.example",
        "null",
        "file://",
        "http://192.0.2.1",
    ),
    *("http://localhost:1", "http://127.0.0.1", "chrome-extension://abcdef"),
)
ROUTES = (
    *("/", "/run", "/data", "/_stcore/health", "/_stcore/host-config", "/_stcore/metrics"),
    *("/_stcore/stream", "/_stcore/agent/openapi.json", "/media/x.csv", "/static/js/x.js"),
    *("/component/x/y", "/app/static/x", "/favicon.png", "/no/such/page"),
)
UPGRADE = {
    "Connection": "Upgrade",
    "Upgrade": "websocket",
    "Sec-WebSocket-Version": "13",
    "Sec-WebSocket-Key": "dGhlIHNhbXBsZSBub25jZQ==",
}
CLIMBS = ("..", "%2e%2e", "..%2f..", "%2e%2e%2f", "..\\..", "%5c..", "....//", "..;", "%252e%252e")
BASES = ("", "/static", "/media", "/app/static", "/component/x", "/_stcore", "/_stcore/upload_file")
WANTED = ("etc/passwd", "pyproject.toml", "app.py", "lstm_core/settings.py", "record.sqlite")
ODD_PATHS = (
    *("//etc/passwd", "/%00", "/static/%00../app.py", "/\\etc\\passwd", "/%ff%fe"),
    *("/" + "a" * 9_999, "/?" + "a" * 9_999, "/" + "a/" * 2_000, "*", "http://evil.example/"),
)
SECRETS = (b"root:x:", b"[project]", b"set_page_config(", b"LSTM_STUDIO_HOME", b"SQLite format 3")
MEGABYTE = 2**20
UPLOAD_LIMIT = 50 * MEGABYTE
MOST_GROWTH_MEGABYTES = 250
"""Of the server's memory while all of it comes down on it."""


@dataclass
class Findings:
    """What the knocks came to; ``faults`` are told, and all are counted."""

    counts: Counter[str] = field(default_factory=Counter)
    faults: list[str] = field(default_factory=list)

    def expect(self, kind: str, is_well: bool, what: str) -> None:
        self.counts[kind] += 1
        if not is_well:
            self.faults.append(f"{kind}: {what}"[:300])


def run(effort: Effort) -> Outcome:
    """Knock everywhere, then look at every page through a browser."""
    chance = random.Random(effort.seed)
    findings = Findings()
    with temporary_home() as settings, Store.open(settings) as store:
        addresses = [f"run?id={run.id}" for run in seed(store)]
        with serving(settings) as server:
            process = psutil.Process(server.process.pid)
            with visiting(server) as visitor:
                visitor.open_page()
                before = process.memory_info().rss
                for knock in (knock_as_stranger, climb, touch_sessions, flood, send_nonsense):
                    knock(server, visitor, findings, chance)
                growth = (process.memory_info().rss - before) / MEGABYTE
                is_well = still_answers(visitor)
                findings.expect("sessions", is_well, "the one who was attacked sees no page now")
            leaving, num_requests = browse(server, addresses)
    figures = {
        "knocks": findings.counts.total(),
        **dict(sorted(findings.counts.items())),
        "let_in": len(findings.faults),
        "memory_growth_megabytes": round(growth),
        "requests_of_a_browser": num_requests,
        "requests_leaving": len(leaving),
    }
    limits = {
        "let_in": 0,
        "requests_leaving": 0,
        "memory_growth_megabytes": MOST_GROWTH_MEGABYTES,
    }
    return Outcome(figures, limits, (*findings.faults[:20], *leaving[:5]))


def seed(store: Store) -> list[records.Run]:
    """Put a run of each kind into the record."""
    return [
        records.train_several(store),
        records.complete(store),
        records.end(store, RunStatus.FAILED, "The loss became NaN."),
        records.end(store, RunStatus.CANCELLED, "Stopped on request."),
    ]


def knock_as_stranger(
    server: WebServer, visitor: Visitor, findings: Findings, chance: random.Random
) -> None:
    """Ask under a foreign name, and from foreign pages; both by HTTP and for a socket."""
    foreign = [{"Host": host} for host in FOREIGN_HOSTS]
    foreign += [{"Origin": origin} for origin in FOREIGN_ORIGINS]
    for headers in foreign:
        for route in ROUTES:
            more = UPGRADE if route.endswith("/stream") else {}
            answer = ask(server, route, headers={**headers, **more})
            refused = answer.status in (400, 403) and "set-cookie" not in answer.headers
            findings.expect("foreign", refused, f"{headers} got {answer.status} at {route}")


def climb(server: WebServer, visitor: Visitor, findings: Findings, chance: random.Random) -> None:
    """Try to get out of the folders that are served."""
    for base in BASES:
        for step in CLIMBS:
            for wanted in WANTED:
                for depth in (1, 3, 8):
                    path = f"{base}/{'/'.join([step] * depth)}/{wanted}"
                    body = ask(server, path).read()
                    is_well = not any(secret in body for secret in SECRETS)
                    findings.expect("climbs", is_well, f"{path} was served")
    for path in (
        "//etc/passwd",
        "/%00",
        "/static/%00../app.py",
        "/\\etc\\passwd",
        "/?" + "a" * 9_999,
    ):
        answer = ask(server, path)
        body = answer.read()
        is_well = answer.status < 500 and not any(secret in body for secret in SECRETS)
        findings.expect("climbs", is_well, f"{path[:80]} got {answer.status}")


def touch_sessions(
    server: WebServer, visitor: Visitor, findings: Findings, chance: random.Random
) -> None:
    """Put files into sessions of others, and take theirs away; into one's own it works."""
    body, kind = wrap_file(b"day,value\n2024-01-01,1\n")
    with visiting(server) as stranger:
        stranger.open_page()
        for session_id in (visitor.session_id, str(uuid4()), "..", "%2e%2e", "x" * 3_000):
            for method in ("PUT", "DELETE"):
                path = f"/_stcore/upload_file/{session_id}/{uuid4()}"
                for headers in (show_token(stranger), {"Cookie": f"{COOKIE}=x"}, {}):
                    answer = ask(server, path, method, {**headers, **kind}, body)
                    is_well = answer.status in (400, 403, 404)
                    findings.expect("sessions", is_well, f"{method} {path[:99]} {answer.status}")
        with visiting(server, stranger.token, visitor.session_id) as thief:
            thief.open_page()
            is_well = thief.session_id != visitor.session_id
            findings.expect("sessions", is_well, "a session was taken over")
        own = f"/_stcore/upload_file/{stranger.session_id}/{uuid4()}"
        answer = ask(server, own, "PUT", {**show_token(stranger), **kind}, body)
        findings.expect("sessions", answer.status == 204, f"one's own file got {answer.status}")
    with visiting(server, stranger.token, stranger.session_id) as again:
        again.open_page()
        is_well = again.session_id == stranger.session_id
        findings.expect("sessions", is_well, "one's own session was not gone on with")


def flood(server: WebServer, visitor: Visitor, findings: Findings, chance: random.Random) -> None:
    """Send more than anything has to be."""
    path = f"/_stcore/upload_file/{visitor.session_id}/{uuid4()}"
    headers = {**show_token(visitor), "Content-Type": "multipart/form-data; boundary=b"}

    def send_too_much() -> Iterator[bytes]:
        yield b'--b\r\nContent-Disposition: form-data; name="f"; filename="f.csv"\r\n\r\n'
        for _ in range(2 * UPLOAD_LIMIT // MEGABYTE):
            yield b"x" * MEGABYTE

    floods: dict[str, Callable[[], int]] = {
        "a length beyond the limit": lambda: (
            ask(server, path, "PUT", {**headers, "Content-Length": str(10 * UPLOAD_LIMIT)}).status
        ),
        "a body without a length": lambda: (
            ask(server, path, "PUT", headers, send_too_much()).status
        ),
        "a body where none is read": lambda: (
            ask(server, "/", "POST", {"Content-Length": str(UPLOAD_LIMIT * 40)}).status
        ),
        "a header of a megabyte": lambda: ask(server, "/", headers={"X": "x" * MEGABYTE}).status,
        "thousands of headers": lambda: (
            ask(server, "/", headers={f"X-{number}": "x" * 99 for number in range(5_000)}).status
        ),
    }
    for what, send in floods.items():
        try:
            status = send()
        except OSError:
            status = 413  # the line was cut, which is an answer as well
        findings.expect("floods", status in (400, 403, 404, 405, 413, 431), f"{what} got {status}")


def send_nonsense(
    server: WebServer, visitor: Visitor, findings: Findings, chance: random.Random
) -> None:
    """Send what is no message, and what is no HTTP; then ask whether somebody is still there."""
    for content in (b"", chance.randbytes(9_999), b"\xff" * 99, b"x" * 26 * MEGABYTE, "text"):
        try:
            with visiting(server) as other:
                other.connection.send(content)
                other.open_page()
        except Exception as error:  # cut off, which is right
            findings.counts["nonsense cut off"] += bool(str(error) or True)
    host, port = "127.0.0.1", server.port
    for _ in range(20):
        with socket.create_connection((host, port), timeout=10) as line:
            line.sendall(chance.randbytes(chance.randrange(1, 5_000)) + b"\r\n\r\n")
    answer = ask(server, "/_stcore/health")
    findings.expect("nonsense", answer.status == 200, f"afterwards it answered {answer.status}")
    answer = ask(server, "/")
    findings.expect("nonsense", b"Traceback" not in answer.read(), "a traceback was shown")


def still_answers(visitor: Visitor) -> bool:
    try:
        visitor.open_page("runs")
    except Exception:  # cut off or left to wait: whatever it is, it is no answer
        return False
    return True


def show_token(visitor: Visitor) -> dict[str, str]:
    return {"Cookie": f"{COOKIE}={visitor.token}", "X-Xsrftoken": visitor.token}


def wrap_file(content: bytes) -> tuple[bytes, dict[str, str]]:
    """Return a file as a browser's form sends it, and the header that says so."""
    boundary = os.urandom(8).hex()
    head = f'--{boundary}\r\nContent-Disposition: form-data; name="f"; filename="f.csv"\r\n\r\n'
    body = head.encode() + content + f"\r\n--{boundary}--\r\n".encode()
    return body, {"Content-Type": f"multipart/form-data; boundary={boundary}"}


def browse(server: WebServer, addresses: list[str]) -> tuple[list[str], int]:
    """Look at every page; return what was asked of other machines, and how much was asked."""
    pages = ["", "data", "model", "designer", "tune", "race", "runs", "run", *addresses]
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find_chrome(), args=list(FLAGS))
        context = browser.new_context()
        be_patient(context)
        watch = Watch(context)
        page = context.new_page()
        for name in pages:
            page.goto(f"{server.address}/{name}")
            wait_until_idle(page)
        page.goto(server.address)
        wait_until_idle(page)
        page.locator(".st-key-home-sample_stocks button").first.click()
        page.locator(".st-key-data-train").wait_for()
        for name in ("Model", "Designer", "Tune", "Race"):
            page.get_by_role("link", name=name, exact=True).first.click()
            page.wait_for_url(f"**/{name.lower()}*")
            wait_until_idle(page)
        browser.close()
    return watch.list_leaving(), watch.num_seen
