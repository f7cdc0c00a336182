"""A real server: who gets in, under which names, and what a page may ask for."""

from __future__ import annotations

import http.client
from collections.abc import Iterator
from http import HTTPStatus
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.journeys.conftest import ROOT, AppServer, NewContext, serve
from tests.journeys.leaving import Watch
from tests.journeys.patience import ACTION_SECONDS, be_patient
from tests.journeys.screen import find, upload, visit
from tests.pages import records
from tests.pages.tables import SALES

SOCKET = {
    "Connection": "Upgrade",
    "Upgrade": "websocket",
    "Sec-WebSocket-Version": "13",
    "Sec-WebSocket-Key": "dGhlIHNhbXBsZSBub25jZQ==",
}


def ask(
    server: AppServer, path: str = "/", method: str = "GET", **headers: str
) -> http.client.HTTPResponse:
    connection = http.client.HTTPConnection(urlsplit(server.url).netloc, timeout=ACTION_SECONDS)
    connection.request(method, path, headers=headers)
    return connection.getresponse()


@pytest.fixture(scope="module")
def below_a_path(tmp_path_factory: pytest.TempPathFactory) -> Iterator[AppServer]:
    """A server as one stands behind a proxy: below a path, and known by a name of its own."""
    folder = tmp_path_factory.mktemp("below")
    with serve(
        *(ROOT / "app.py", folder / "home", folder / "server.log"),
        "--server.baseUrlPath=studio",
        environment={"LSTM_STUDIO_ALLOWED_HOSTS": "studio.example"},
        health="/studio/_stcore/health",
    ) as server:
        yield server


def test_a_foreign_name_or_page_is_refused_on_every_way_in(shared_server: AppServer) -> None:
    own = urlsplit(shared_server.url).netloc
    assert ask(shared_server).status == HTTPStatus.OK
    paths = ("/", "/run", "/_stcore/health", "/_stcore/host-config", "/static/none", "/media/none")
    for headers in ({"Host": "evil.example"}, {"Host": own, "Origin": "http://evil.example"}):
        for path in paths:
            answer = ask(shared_server, path, **headers)
            assert answer.status == HTTPStatus.FORBIDDEN, (path, headers)
            assert "set-cookie" not in answer.headers
        assert ask(shared_server, "/_stcore/stream", **headers, **SOCKET).status == 403
    ours = {"Host": own, "Origin": shared_server.url}
    assert ask(shared_server, "/_stcore/stream", **ours, **SOCKET).status == 101


def test_a_server_behind_a_proxy_is_known_by_its_name(below_a_path: AppServer) -> None:
    stream = "/studio/_stcore/stream"
    named = {"Host": "studio.example", "Origin": "https://studio.example"}
    rewritten = {"Host": "127.0.0.1:8501", "Origin": "https://studio.example"}
    for headers in (named, rewritten):
        assert ask(below_a_path, "/studio/", **headers).status == HTTPStatus.OK
        assert ask(below_a_path, stream, **headers, **SOCKET).status == 101
    assert ask(below_a_path, "/studio/", Host="evil.example").status == HTTPStatus.FORBIDDEN


def test_a_link_that_is_shared_holds_below_a_path(
    below_a_path: AppServer, page: Page, browser_context_factory: NewContext
) -> None:
    with below_a_path.open_record() as store:
        run = records.complete(store)
    visit(page, f"{below_a_path.url}/studio/run?id={run.id}")
    page.get_by_role("button", name="Share").click()
    link = page.get_by_test_id("stPopoverBody").get_by_test_id("stCode").inner_text().strip()
    assert link == f"{below_a_path.url}/studio/run?id={run.id}"
    elsewhere = browser_context_factory().new_page()
    visit(elsewhere, link)
    expect(elsewhere.get_by_role("heading", level=1)).to_contain_text("sales")
    visit(elsewhere, f"{below_a_path.url}/studio/runs")
    elsewhere.locator(f'a[href*="{run.id}"]').first.click()
    elsewhere.wait_for_url(link)


def test_a_file_goes_into_a_session_from_its_own_browser_only(
    shared_server: AppServer, page: Page, tmp_path: Path
) -> None:
    file = tmp_path / "sales.csv"
    file.write_bytes(SALES)
    visit(page, f"{shared_server.url}/data")
    with page.expect_request("**/_stcore/upload_file/**") as sent:
        upload(page, file)
    find(page, "data.train").wait_for()
    path = urlsplit(sent.value.url).path
    stranger = ask(shared_server, "/_stcore/health").headers["set-cookie"].partition(";")[0]
    headers = {"Cookie": stranger, "X-Xsrftoken": stranger.partition("=")[2]}
    for method in ("PUT", "DELETE"):
        assert ask(shared_server, path, method, **headers).status == HTTPStatus.FORBIDDEN
        foreign = path.replace(path.split("/")[-2], "00000000-0000-0000-0000-000000000000")
        assert ask(shared_server, foreign, method, **headers).status == HTTPStatus.FORBIDDEN


def test_a_request_that_leaves_would_be_seen_and_is_forbidden(
    shared_server: AppServer, browser: Browser
) -> None:
    context = browser.new_context()
    be_patient(context)
    context.route("**/beacon", lambda route: route.abort())
    watch = Watch(context)
    page = context.new_page()
    visit(page, shared_server.url)
    assert watch.num_seen > 10
    assert watch.list_leaving() == []
    answer = page.evaluate("""() => new Promise(resolve => {
      addEventListener('securitypolicyviolation', event => resolve(event.violatedDirective));
      fetch('http://192.0.2.1/beacon').catch(() => setTimeout(() => resolve('let out'), 2000));
    })""")
    assert answer == "connect-src"
    page.goto("about:blank")
    page.evaluate("() => fetch('http://192.0.2.1/beacon').catch(() => null)")
    assert set(watch.list_leaving()) == {"http://192.0.2.1/beacon"}
    context.close()
