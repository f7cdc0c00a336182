"""Whatever is clicked on the tune form, in any order: it stands, and keeps what wasn't touched."""

from __future__ import annotations

import json
import random
from copy import deepcopy
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest
from streamlit.testing.v1.element_tree import Widget

from lstm_core.runs.stores.store import Store
from lstm_core.spec import ExperimentSpec
from pages._ui.search.form.words import say_space_value
from pages._ui.search.space.entry import SCALES, SHAPES, find_shape, read_list, read_word
from pages._ui.settings.wordbook import Wordbook
from tests.pages.browser import Browser, name_of
from tests.pages.tables import SALES
from tests.pages.visiting import open_page, upload_untrained
from tests.pages.walking import Walk

WORDS = Wordbook(ExperimentSpec())

ENTRIES = "tune.space."
FILES: tuple[Any, ...] = (
    {"model.units": [8, 16], "training.loss": "mse"},
    {"model.units": {"kind": "int", "low": 9, "high": 8}},
    {"task.lookback": [7, 14, 21], "model.architecture": ["vanilla", "gru", None]},
    {"training.learning_rate": {"kind": "float", "low": 0.01, "high": 0.02, "step": 0.005}},
    {"training.windows_per_epoch": [1, 10**30]},
    {"model.dropout": [float("nan"), 0.1]},
    {"model.units": {"kind": "int", "low": 8, "high": 64, "step": 2, "scale": "log"}, "a.b": 1},
    [],
)


@pytest.fixture
def browser() -> Browser:
    return Browser(open_page("tune", upload_untrained(SALES, "sales.csv")))


def take_stock(app: AppTest) -> dict[str, Any]:
    """Return what would be lost: the spaces by size, and the search's settings by name."""
    kept = app.session_state["tune.spaces"][app.session_state["tune.draft"]]
    settings = {
        name_of(widget): app.session_state[widget.key]
        for widget in (*app.number_input, *app.selectbox, *app.toggle, *app.text_input)
        if widget.key and not widget.key.startswith((ENTRIES, "tune.add"))
    }
    return {"spaces": deepcopy(kept.contents), "size": kept.size, "settings": settings}


def assert_untouched(name: str, before: dict[str, Any], after: dict[str, Any]) -> None:
    """Check that what was done with one widget changed nothing that is another's."""
    size = before["size"]
    for each, space in before["spaces"].items():
        if each != size:
            assert write(after["spaces"][each]) == write(space)
    old, new = dict(before["spaces"][size]), dict(after["spaces"].get(size, {}))
    if name.startswith(ENTRIES):
        path, _, field = name.removeprefix(ENTRIES).rpartition(".")
        then, now = dict(old.pop(path)), dict(new.pop(path))
        touched = [field] if field != "shape" else [key for key in {*then, *now} if key != "when"]
        for key in touched:
            then.pop(key, None), now.pop(key, None)
        assert write(then) == write(now)
    elif name.startswith("tune.drop."):
        assert old.pop(name.removeprefix("tune.drop.")) is not None
    elif name.startswith("tune.free."):
        path = name.removeprefix("tune.free.")
        assert {**old.pop(path), "when": {}} == new.pop(path)
    elif name == "tune.add":
        new = {path: entry for path, entry in new.items() if path in old}
    if name not in ("tune.reset", "tune.file"):
        assert write(new) == write(old)
    for each, value in before["settings"].items():
        if each != name:
            assert after["settings"][each] == value, each


def assert_shown(browser: Browser) -> None:
    """Check that each field that a person can see says what the space says."""
    stock = take_stock(browser.app)
    for widget in browser.list_drawn():
        name = name_of(widget)
        if name == "tune.size":
            assert browser.read(widget) == [stock["size"].capitalize()]
        if name.startswith(ENTRIES):
            path, _, field = name.removeprefix(ENTRIES).rpartition(".")
            assert_says(browser.read(widget), widget, path, field, stock["spaces"][stock["size"]])


def assert_says(said: Any, widget: Widget, path: str, field: str, space: dict[str, Any]) -> None:
    entry = space[path]
    if field == "shape":
        assert said == [SHAPES[find_shape(entry["kind"])]]
    elif field == "scale":
        assert said == SCALES[entry["scale"]]
    elif field == "step":
        assert (read_word(said) if said.strip() else None) == entry["step"]
    elif widget.type == "number_input":
        assert said == entry[field]
    elif widget.type == "button_group":
        assert sorted(said) == sorted(
            say_space_value(WORDS, path, value) for value in entry["values"]
        )
    elif widget.type == "selectbox":
        assert said == say_space_value(WORDS, path, entry["value"])
    elif field == "values":
        # Words that are no value stay as they were typed, commas and all, and are refused.
        words = ", ".join(map(str, entry["values"]))
        assert said == words or write(read_list(said)) == write(entry["values"])
    else:
        assert write(read_word(said)) == write(entry["value"])


def write(content: Any) -> str:
    return json.dumps(content, sort_keys=True)


def walk(browser: Browser, seed: int, num_clicks: int) -> None:
    chance = random.Random(seed)
    person = Walk(browser, seed, leave=("tune.start",))
    try:
        for _ in range(num_clicks):
            before = take_stock(browser.app)
            if chance.random() < 0.05:
                name = "tune.file"
                content = chance.choice(FILES)
                person.clicks.append((name, content))
                written = json.dumps(content).encode()
                browser.bring(browser.find(name), "space.json", written, "application/json")
            else:
                name = person.click()
            assert_untouched(name, before, take_stock(browser.app))
            assert_shown(browser)
    except Exception as error:
        raise AssertionError(f"seed {seed}, after {person.clicks}") from error


def test_what_is_not_touched_stays(browser: Browser) -> None:
    walk(browser, seed=0, num_clicks=30)


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(100, 110))
def test_what_is_not_touched_stays_for_long(browser: Browser, seed: int) -> None:
    walk(browser, seed, num_clicks=150)


def test_a_field_that_is_opened_late_says_what_the_space_says(
    browser: Browser, store: Store
) -> None:
    browser.say(browser.find("tune.num_trials"), 4)
    browser.open(f"{ENTRIES}model.architecture.shape")
    assert_shown(browser)
    networks = browser.find(f"{ENTRIES}model.architecture.values")
    browser.say(networks, [*browser.read(networks), "Simple RNN"])
    browser.open(f"{ENTRIES}task.lookback.shape")
    assert_shown(browser)
    before = take_stock(browser.app)["spaces"]["small"]
    browser.open(None)
    browser.press(browser.find("tune.start"))
    (search,) = store.searches.list_newest()
    assert search.num_trials == 4
    assert write(search.settings["space"]) == write(before)
    assert before["model.architecture"]["values"][-1] == "simple_rnn"


def test_what_was_changed_elsewhere_is_shown_when_opened_later(browser: Browser) -> None:
    popover = f"{ENTRIES}model.units.shape"
    browser.open(popover)
    browser.say(browser.find(f"{ENTRIES}model.units.high"), 32)
    browser.open(None)
    browser.press(browser.find("tune.reset"))
    browser.say(browser.find("tune.num_trials"), 7)
    browser.open(popover)
    assert_shown(browser)
    browser.say(browser.find("tune.num_trials"), 8)
    assert take_stock(browser.app)["spaces"]["small"]["model.units"]["high"] == 64
