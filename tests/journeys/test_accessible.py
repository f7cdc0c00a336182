"""axe-core finds nothing on any page, in any state, in the light, in the dark, and on a phone."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

import pytest
from playwright.sync_api import Page

from lstm_core.runs.snapshots.group import GroupKind
from lstm_core.runs.snapshots.status import RunStatus
from tests.journeys.axe import assert_no_barriers, find_barriers
from tests.journeys.conftest import ROOT, AppServer, serve
from tests.journeys.idle import wait_until_idle
from tests.journeys.screen import find, press, unfold, upload, visit, wait_for_forecast
from tests.pages import records
from tests.races.records import run_race
from tests.searches import records as searches
from tests.shares import share

EMPTY = ("", "data", "model", "designer", "tune", "race", "runs", "run", "run?id=nosuch")
TOLD_APART = ("", "data", "model", "run?id=nosuch")
"""Of these, one of each kind: the others ask for data, or for a run, in the same way."""

HALF_WAY: tuple[searches.Outcome, ...] = (1.1, 0.7, "failed", "failed", "skipped", None)


class Seeds(NamedTuple):
    """Addresses of what a server's record holds, by what it is."""

    server: AppServer
    addresses: dict[str, str]


@pytest.fixture(scope="module")
def seeds(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Seeds]:
    """A server with everything in its record that a page can show."""
    folder = tmp_path_factory.mktemp("seeded")
    # What trains takes the place for one run at a time, so that what is queued stays so.
    one = {"LSTM_STUDIO_MAX_RUNNING": "1"}
    with serve(ROOT / "app.py", folder / "home", folder / "server.log", environment=one) as server:
        with server.open_record() as store:
            runs = {"run, live": records.train_several(store)}
            filmed = records.train_several(store)
            runs |= {
                "run, with a film": store.runs.finish(
                    filmed.id, RunStatus.CANCELLED, message="Stopped on request."
                ),
                "run, done": records.complete(store),
                "run, failed": records.end(store, RunStatus.FAILED, "The loss became NaN."),
                "run, stopped": records.end(store, RunStatus.CANCELLED, "Stopped on request."),
                "run, queued": records.submit(store),
            }
            found = {
                "search, done": searches.complete_search(store),
                "search, half way": searches.start_search(store, HALF_WAY),
            }
            run_race(
                store,
                {"LSTM": (0.8, 0.81, 0.82), "GRU": (0.6, 0.61, 0.62)},
                {"LSTM": 4.0, "GRU": 2.0},
            )
            (race,) = store.groups.list_newest(GroupKind.RACE)
        addresses = {name: f"run?id={run.id}" for name, run in runs.items()}
        addresses |= {name: f"tune?id={search.id}" for name, search in found.items()}
        addresses |= {"race": f"race?id={race.id}", "home": "", "runs": "runs"}
        addresses |= {"all searches": "tune", "all races": "race"}
        yield Seeds(server, addresses)


SEEDED = (
    *("home", "runs", "all searches", "all races", "race", "search, done", "search, half way"),
    *("run, live", "run, with a film", "run, done", "run, failed", "run, stopped", "run, queued"),
)

DAILY = ("home", "search, done", "run, live", "run, done")


@pytest.mark.parametrize("path", share(EMPTY, TOLD_APART))
def test_a_page_before_anything_was_made(path: str, shared_server: AppServer, page: Page) -> None:
    visit(page, f"{shared_server.url}/{path}")
    assert_no_barriers(page, path)


@pytest.mark.parametrize("what", share(SEEDED, DAILY))
def test_a_page_of_what_was_made(what: str, seeds: Seeds, page: Page) -> None:
    visit(page, f"{seeds.server.url}/{seeds.addresses[what]}")
    if what == "run, done":
        wait_for_forecast(page)
    assert_no_barriers(page, what)


def open_from_menu(page: Page, name: str) -> None:
    page.get_by_role("link", name=name, exact=True).first.click()


def show_card(page: Page) -> None:
    find(page, "data.train").wait_for()


def show_model(page: Page) -> None:
    open_from_menu(page, "Model")
    find(page, "model.train").wait_for()
    for group in ("values", "judging", "network", "learning"):
        unfold(page, f"settings.{group}")


def show_designer(page: Page) -> None:
    open_from_menu(page, "Designer")
    find(page, "designer.train").wait_for()


def show_search_form(page: Page) -> None:
    open_from_menu(page, "Tune")
    find(page, "tune.start").wait_for()


def show_race_form(page: Page) -> None:
    open_from_menu(page, "Race")
    find(page, "race.start").wait_for()


def show_ticker(page: Page) -> None:
    find(page, "data.source").locator("button").nth(2).click()
    find(page, "data.ticker").wait_for()


@pytest.mark.parametrize(
    "show",
    share(
        [show_card, show_model, show_designer, show_search_form, show_race_form, show_ticker],
        [show_model, show_search_form],
    ),
)
def test_a_page_on_the_way_to_train(
    show: Callable[[Page], None], shared_server: AppServer, page: Page
) -> None:
    visit(page, shared_server.url)
    press(page, "home.sample_stocks")
    find(page, "data.train").wait_for()
    show(page)
    assert_no_barriers(page, show.__name__)


def test_how_a_file_was_read(shared_server: AppServer, page: Page, tmp_path: Path) -> None:
    rows = [f"{number:02d}/01/2023;{20 + number},5" for number in range(1, 13)]
    file = tmp_path / "units.csv"
    file.write_text("\n".join(["date;units", *rows, "Total"]))
    visit(page, f"{shared_server.url}/data")
    upload(page, file)
    find(page, "data.train").wait_for()
    wait_until_idle(page)
    for folded in ("reading.sides", "data.profile", "data.roles"):
        unfold(page, folded)
    find(page, "data.profile.distribution").wait_for()
    assert find_barriers(page) == []
    page.emulate_media(color_scheme="dark")
    find(page, "chip.decimal").locator("button:visible").first.click()
    page.get_by_test_id("stPopoverBody").wait_for()
    assert find_barriers(page) == []


def test_what_floats_over_a_page_and_the_menu_of_a_phone(seeds: Seeds, page: Page) -> None:
    page.emulate_media(color_scheme="dark")
    visit(page, f"{seeds.server.url}/{seeds.addresses['run, done']}")
    page.get_by_role("button", name="Share").click()
    page.get_by_test_id("stPopoverBody").wait_for()
    assert find_barriers(page) == []
    page.set_viewport_size({"width": 390, "height": 844})
    visit(page, seeds.server.url)
    page.get_by_test_id("stExpandSidebarButton").click()
    page.get_by_test_id("stSidebarNavLink").first.wait_for()
    assert find_barriers(page) == []


def test_a_barrier_would_be_found(shared_server: AppServer, page: Page) -> None:
    visit(page, shared_server.url)
    page.evaluate("""() => { const main = document.querySelector('[data-testid="stMain"]');
      main.insertAdjacentHTML(
        'beforeend', '<button></button><p style="color:#777;background:#888">pale</p>');
      main.lastElementChild.scrollIntoView(); }""")  # what is out of sight is not judged
    rules = {barrier.partition(":")[0] for barrier in find_barriers(page)}
    assert {"button-name", "color-contrast"} <= rules
