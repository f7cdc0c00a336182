"""Who gets in: what a server answers to, whatever a request says it is."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from pages._ui.server.gate import PROTECTION, Gate, Host

LISTENING = ("127.0.0.1", 8501)
PAGE = "http://localhost:8501"

Messages = list[dict[str, Any]]


def ask(
    gate_options: dict[str, Any] | None = None,
    kind: str = "http",
    listening: tuple[str, int | None] = LISTENING,
    **headers: str | list[str],
) -> tuple[Messages, dict[str, Any] | None]:
    """Send one request through a gate; return what comes back, and what the app was asked."""
    asked: list[dict[str, Any]] = []

    async def app(scope: Any, receive: Any, send: Any) -> None:
        asked.append(scope)
        if scope["type"] == "http":
            await send({"type": "http.response.start", "status": 200, "headers": []})
            await send({"type": "http.response.body", "body": b"in"})
        else:
            await send({"type": "websocket.accept"})

    pairs = [
        (name.encode(), value.encode("latin-1"))
        for name, values in headers.items()
        for value in ([values] if isinstance(values, str) else values)
    ]
    scope = {"type": kind, "method": "GET", "path": "/", "headers": pairs, "server": listening}
    sent: Messages = []

    async def receive() -> dict[str, Any]:
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message: Any) -> None:
        sent.append(message)

    asyncio.run(Gate(app, **(gate_options or {}))(scope, receive, send))
    return sent, asked[0] if asked else None


def is_let_in(gate_options: dict[str, Any] | None = None, **options: Any) -> bool:
    """Ask by HTTP and by WebSocket; both have to say the same."""
    answers = {kind: ask(gate_options, kind, **options) for kind in ("http", "websocket")}
    for kind, (sent, asked) in answers.items():
        if kind == "websocket":
            kinds = ["websocket.close"] if asked is None else ["websocket.accept"]
            assert [message["type"] for message in sent] == kinds
        else:
            assert sent[0]["status"] == (403 if asked is None else 200)
    (let_in,) = {asked is not None for _, asked in answers.values()}
    return let_in


@pytest.mark.parametrize(
    "host",
    [
        *("localhost:8501", "LOCALHOST:8501", "localhost", "studio.localhost:8501", "localhost."),
        *("127.0.0.1:8501", "127.0.0.2", "[::1]:8501", "[::ffff:127.0.0.1]:8501"),
    ],
)
def test_a_name_of_this_machine_gets_in(host: str) -> None:
    assert is_let_in(host=host)
    assert is_let_in(host=host, origin=f"http://{host.lower()}")


@pytest.mark.parametrize(
    "host",
    [
        *("evil.example", "evil.example:8501", "localhost.evil.example", "evil-localhost"),
        *("127.0.0.1.evil.example", "127.0.0.1@evil.example", "evil.example@127.0.0.1"),
        *("192.168.1.5:8501", "0.0.0.0:8501", "[fd00::5]", "2130706433", "0x7f000001"),
        *("", " ", "localhost evil.example", "localhost/evil", "localhost#", "localhost:port"),
        *("localhost,evil.example", "[::1", "http://localhost", "localhost:99999", "ſ.example"),
    ],
)
def test_a_foreign_name_does_not(host: str) -> None:
    assert not is_let_in(host=host.encode().decode("latin-1"))


def test_nor_does_no_name_or_more_than_one() -> None:
    assert not is_let_in()
    assert not is_let_in(host=["localhost", "localhost"])
    assert not is_let_in(host=["localhost", "evil.example"])


@pytest.mark.parametrize(
    "origin",
    [
        *("http://evil.example", "https://evil.example", "null", "", "file://", "localhost:8501"),
        *("http://localhost", "http://localhost:3000", "http://127.0.0.1:8501"),
        *("http://localhost:8501.evil.example", "http://localhost:8501@evil.example"),
        *("chrome-extension://localhost:8501", "http://localhost:8501/", "http://[::1"),
    ],
)
def test_a_page_of_another_site_does_not(origin: str) -> None:
    assert not is_let_in(host="localhost:8501", origin=origin)
    assert not is_let_in(host="localhost:8501", origin=[PAGE, origin])


def test_a_page_of_ours_gets_in_whatever_the_port_is_written_like() -> None:
    assert is_let_in(host="localhost:8501", origin=PAGE)
    assert is_let_in(host="localhost", origin="http://localhost:80")
    assert is_let_in(host="localhost", origin="https://localhost")


@pytest.mark.parametrize("address", ["192.168.1.5", "0.0.0.0", "studio.lan", "STUDIO.lan"])
def test_the_address_that_it_was_told_to_listen_on(address: str) -> None:
    assert is_let_in({"address": address}, host=f"{address}:8501")
    assert not is_let_in({"address": address}, host="evil.example:8501")


@pytest.mark.parametrize("seen", ["192.168.1.5", "::ffff:192.168.1.5"])
def test_on_all_addresses_the_one_that_was_reached(seen: str) -> None:
    everywhere = {"address": "0.0.0.0"}
    assert is_let_in(everywhere, host="192.168.1.5:8501", listening=(seen, 8501))
    assert not is_let_in(everywhere, host="192.168.1.6:8501", listening=(seen, 8501))


@pytest.mark.parametrize("address", [None, "unix:///tmp/studio.sock"])
def test_a_socket_in_a_folder_has_no_name(address: str | None) -> None:
    assert not is_let_in({"address": address}, host="studio", listening=("/tmp/studio.sock", None))
    assert is_let_in(
        {"address": address, "allowed_hosts": ["studio"]},
        host="studio",
        listening=("/tmp/studio.sock", None),
    )


@pytest.mark.parametrize(
    ("allowed", "host", "expected"),
    [
        ("studio.example", "studio.example", True),
        ("studio.example", "STUDIO.example:443", True),
        ("studio.example", "other.example", False),
        ("studio.example", "a.studio.example", False),
        ("*.example", "studio.example", True),
        ("*.example", "example", False),
        ("*.example", "studio.example.evil", False),
        ("[fd00::5]", "[fd00::5]:8501", True),
        ("*", "whatever", True),
        ("*", "what@ever", False),
    ],
)
def test_a_name_that_was_allowed(allowed: str, host: str, expected: bool) -> None:
    options = {"allowed_hosts": ["first.example", allowed]}
    assert is_let_in(options, host=host) is expected
    # A proxy may ask by a name of its own, and hand on the page's.
    assert is_let_in(options, host="localhost:8501", origin=f"https://{host}") is expected


def test_a_socket_is_handed_on_under_the_name_of_its_page() -> None:
    options = {"allowed_hosts": ["studio.example"]}
    origin = "https://studio.example"
    _, asked = ask(options, "websocket", host="localhost:8501", origin=origin, cookie="a=b")
    assert asked is not None
    assert asked["headers"].count((b"host", b"studio.example")) == 1
    assert (b"cookie", b"a=b") in asked["headers"]
    assert not [value for name, value in asked["headers"] if value == b"localhost:8501"]


def test_every_answer_is_protected() -> None:
    for host in ("localhost", "evil.example"):
        sent, _ = ask(host=host)
        found = {name.decode(): value.decode() for name, value in sent[0]["headers"]}
        assert {name.lower(): value for name, value in PROTECTION.items()}.items() <= found.items()
    assert "frame-ancestors 'self'" in PROTECTION["Content-Security-Policy"]
    assert "default-src 'self'" in PROTECTION["Content-Security-Policy"]


def test_who_is_refused_reads_what_can_be_done() -> None:
    sent, _ = ask(host="studio.example")
    said = sent[1]["body"].decode()
    assert "studio.example" in said
    assert "LSTM_STUDIO_ALLOWED_HOSTS" in said


def test_the_servers_own_life_passes() -> None:
    assert ask(kind="lifespan")[1] is not None


def test_a_name_without_its_port() -> None:
    assert Host.parse("studio.example:") == Host("studio.example", None)
