"""An address that names nothing says so, and shows a way on."""

from __future__ import annotations

from itertools import product

import pytest

from tests.pages.visiting import assert_refused, open_page
from tests.shares import share_combinations, take_turns

LED_TO = ("run", "race", "tune")
UNKNOWN = ("nothing", "a" * 16, "../../etc/passwd", "x" * 5_000, "'; drop table run; --", "\u202e")


def test_a_run_without_an_id() -> None:
    app = open_page("run")
    assert not app.error
    assert "names no run" in app.info[0].value
    assert [link.label for link in app.page_link] == ["All runs"]


@pytest.mark.parametrize("page", ["race", "tune"])
def test_a_race_and_a_search_without_an_id_are_the_way_to_a_new_one(page: str) -> None:
    app = open_page(page)
    assert not app.error
    assert app.page_link


@pytest.mark.parametrize(
    ("page", "unknown"),
    share_combinations(product(LED_TO, UNKNOWN), take_turns(LED_TO, UNKNOWN)),
)
def test_an_id_that_nobody_has(page: str, unknown: str) -> None:
    app = open_page(page, id=unknown)
    message = assert_refused(app)
    assert unknown not in message
    assert app.page_link
