"""A server with a home of its own, and a real headless browser before it."""

from __future__ import annotations

import os
import re
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Generator, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from lstm_core.runs.stores.store import Store
from lstm_core.settings import Settings
from tests.journeys.chrome import FLAGS, HOW_TO_GET_ONE, find_chrome
from tests.journeys.leaving import Watch
from tests.journeys.patience import HANG_SECONDS, LIVE_SECONDS, be_patient
from tests.processes import end_processes_of

ROOT = Path(__file__).parents[2]
SCREENSHOTS = Path(__file__).parent / "screenshots"

NewContext = Callable[..., BrowserContext]

_failed = pytest.StashKey[bool]()
_skip_reason = pytest.StashKey[str]()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if item.path.is_relative_to(Path(__file__).parent) and not item.get_closest_marker(
            "timeout"
        ):
            item.add_marker(pytest.mark.timeout(HANG_SECONDS))


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item,
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    report = yield
    if report.when in ("setup", "call") and report.failed:
        item.stash[_failed] = True
    return report


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    reason = terminalreporter.config.stash.get(_skip_reason, None)
    if reason:
        terminalreporter.write_sep("!", "BROWSER JOURNEYS DID NOT RUN", red=True, bold=True)
        terminalreporter.write_line(reason, red=True)


@pytest.fixture(scope="module")
def browser(request: pytest.FixtureRequest) -> Iterator[Browser]:
    """One Chromium for a module's journeys; each context in it is a clean profile.

    Not for the session: Playwright's event loop would still be running when page tests that come
    later want one of their own. Without a browser the journeys are skipped, loudly; where ``CI``
    is set they fail.
    """
    chrome = find_chrome()
    if chrome is None:
        reason = f"No Chrome or Chromium was found. {HOW_TO_GET_ONE}"
        request.config.stash[_skip_reason] = reason
        if os.environ.get("CI", "").lower() in ("1", "true", "yes"):
            pytest.fail(reason, pytrace=False)
        pytest.skip(reason)
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(
            executable_path=chrome, args=list(FLAGS), timeout=LIVE_SECONDS * 1000
        )
        yield launched
        launched.close()


@dataclass(frozen=True)
class AppServer:
    """A running app: its address, the home it records into, its log and its process."""

    url: str
    home: Path
    log: Path
    pid: int

    def open_record(self) -> Store:
        """Open the app's record beside it; to be closed by the caller."""
        return Store.open(Settings(self.home, f"sqlite:///{self.home / 'record.sqlite'}", 1))


@pytest.fixture
def app_server(studio_home: Path, tmp_path: Path) -> Iterator[AppServer]:
    """The app on a free local port with an empty record; its workers end with it."""
    with serve(ROOT / "app.py", studio_home, tmp_path / "server.log") as server:
        yield server


@pytest.fixture(scope="module")
def shared_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[AppServer]:
    """One app for all journeys of a module that can share a record."""
    folder = tmp_path_factory.mktemp("shared")
    with serve(ROOT / "app.py", folder / "home", folder / "server.log") as server:
        yield server


class serve:  # noqa: N801 - used as `with serve(...)`
    """Serve a Streamlit script for as long as the ``with`` block lasts.

    Owns the server's process, and ends whatever it started for ``home``.

    Args:
        script: what to serve.
        home: its ``LSTM_STUDIO_HOME``.
        log: where its output goes.
        flags: further options of ``streamlit run``.
        environment: further variables.
        health: where it says that it is up.
        port: where it listens; None: where nobody does.
    """

    def __init__(
        self,
        script: Path,
        home: Path,
        log: Path,
        *flags: str,
        environment: Mapping[str, str] | None = None,
        health: str = "/_stcore/health",
        port: int | None = None,
    ) -> None:
        self._script, self._home, self._log = script, home, log
        self._flags, self._environment = flags, dict(environment or {})
        self._health, self._port = health, port

    def __enter__(self) -> AppServer:
        port = self._port or _find_free_port()
        url = f"http://127.0.0.1:{port}"
        with self._log.open("wb") as log:
            self._process = subprocess.Popen(
                [
                    *(sys.executable, "-m", "streamlit", "run", str(self._script)),
                    *("--server.address=127.0.0.1", f"--server.port={port}"),
                    "--server.headless=true",
                    *self._flags,
                ],
                cwd=self._script.parent,
                env={
                    **os.environ,
                    "LSTM_STUDIO_HOME": str(self._home),
                    "LSTM_STUDIO_ENGINE": "auto",
                    **self._environment,
                },
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
            )
        try:
            self._wait_until_healthy(url)
        except BaseException:
            self._end()
            raise
        return AppServer(url=url, home=self._home, log=self._log, pid=self._process.pid)

    def __exit__(self, *_: object) -> None:
        self._end()

    def _wait_until_healthy(self, url: str) -> None:
        deadline = time.monotonic() + LIVE_SECONDS
        while time.monotonic() < deadline:
            if self._process.poll() is not None:
                break
            try:
                with urllib.request.urlopen(url + self._health, timeout=2) as answer:
                    if answer.status == 200:
                        return
            except (urllib.error.URLError, OSError):
                # Nothing listens yet, and there is no event to wait for in another process.
                time.sleep(0.1)
        pytest.fail(f"The app did not start:\n{self._log.read_text(errors='replace')[-4000:]}")

    def _end(self) -> None:
        self._process.terminate()
        try:
            self._process.wait(timeout=10)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait(timeout=10)
        end_processes_of(self._home)


def _find_free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@pytest.fixture
def browser_context_factory(
    browser: Browser, request: pytest.FixtureRequest
) -> Iterator[NewContext]:
    """Make clean browser contexts: ``new(width=390, height=844, color_scheme="dark")``.

    When the test fails, each page that is open is kept as a picture in ``screenshots/``. Whatever
    the journey, no request may leave the machine.
    """
    contexts: list[BrowserContext] = []
    watches: list[Watch] = []

    def new(width: int = 1440, height: int = 1000, **options: Any) -> BrowserContext:
        context = browser.new_context(viewport={"width": width, "height": height}, **options)
        be_patient(context)
        contexts.append(context)
        watches.append(Watch(context))
        return context

    yield new
    leaving = [address for watch in watches for address in watch.list_leaving()]
    for number, context in enumerate(contexts):
        if request.node.stash.get(_failed, False):
            _keep_pictures(context, f"{request.node.name}-{number}")
        context.close()
    assert leaving == [], "a page asked another machine for something"


@pytest.fixture
def page(browser_context_factory: NewContext) -> Page:
    """A page of a desktop's size in a clean context."""
    return browser_context_factory().new_page()


def _keep_pictures(context: BrowserContext, name: str) -> None:
    SCREENSHOTS.mkdir(exist_ok=True)
    for number, page in enumerate(context.pages):
        file_name = re.sub(r"[^\w.-]+", "_", f"{name}-{number}")[:150]
        page.screenshot(path=SCREENSHOTS / f"{file_name}.png")
