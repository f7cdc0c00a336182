"""Whatever is clicked on the forms around a draft: they stand, and keep what wasn't touched."""

from __future__ import annotations

import re
from typing import Any

import pytest

from lstm_core.spec import ExperimentSpec, list_settings, read_setting
from lstm_core.spec.layers.options import OptionWords
from pages._ui.designer.layer_form import list_options as list_layer_options
from pages._ui.settings.setting_words import SettingWords
from pages._ui.settings.wordbook import Wordbook
from tests.pages.browser import Browser, list_options, name_of
from tests.pages.tables import SALES
from tests.pages.visiting import get_draft, open_page, open_untrained, put_draft, upload
from tests.pages.walking import Walk

FOLLOWING = {"model.architecture": {"model.stack", "model.decoder", "model.layers"}}
"""What a choice takes along."""

OFFERS = ("without_future", "one_fold", "by_the_data")
"""Buttons that change several settings at once, as they say."""

LEAVING = (
    "model.train",
    "rate.find",
    "race.start",
    "designer.train",
    "designer.time",
    "data.train",
)


def open_browser(page: str) -> Browser:
    return Browser(open_page(page, upload(SALES, "sales.csv")))


def list_different(old: ExperimentSpec, new: ExperimentSpec) -> set[str]:
    paths = list_settings(new)
    return {path for path in paths if read_setting(old, path) != read_setting(new, path)}


def find_path(name: str) -> str:
    """Return the setting that a widget is about."""
    return "model.layers" if name.startswith("model.layers_") else name


def list_refused(browser: Browser) -> set[str]:
    """Return the settings whose widgets say something else than the draft has."""
    spec = get_draft(browser.app).spec
    words = Wordbook(spec)
    return {
        path
        for widget in browser.list_drawn()
        if (path := find_path(name_of(widget))) in words
        and not says(browser.read(widget), widget, read_setting(spec, path), words[path])
    }


def says(said: Any, widget: Any, value: Any, words: SettingWords | OptionWords) -> bool:
    """Whether what a widget says stands for a value."""
    if widget.type == "slider":
        return bool(said == [pytest.approx(value)])
    if widget.type == "multiselect":
        return sorted(said) == sorted(words.values.get(each, each) for each in value)
    if widget.type == "text_input":
        return sorted({*map(int, re.findall(r"\d+", said or ""))}) == list(value)
    if widget.type in ("number_input", "toggle"):
        return bool(said == value)
    if widget.type == "selectbox" and isinstance(value, str) and value not in words.values:
        return value in (said or "") if value else said is None
    return bool(said == (words.values[value] if value is not None else "Auto"))


def walk_settings(browser: Browser, seed: int, num_clicks: int) -> None:
    person = Walk(browser, seed, leave=LEAVING)
    try:
        for _ in range(num_clicks):
            before, waiting = get_draft(browser.app).spec, list_refused(browser)
            name = person.click()
            path = find_path(name)
            different = list_different(before, get_draft(browser.app).spec)
            if not name.endswith(OFFERS):
                assert different <= {path, *FOLLOWING.get(path, ()), *waiting}
            if not browser.app.error:  # a value that is refused stays, and is marked
                assert not list_refused(browser)
    except Exception as error:
        raise AssertionError(f"seed {seed}, after {person.clicks}") from error


def test_settings_that_are_not_touched_stay() -> None:
    walk_settings(open_browser("model"), seed=0, num_clicks=20)


@pytest.mark.slow
@pytest.mark.timeout(600)
@pytest.mark.parametrize("seed", range(100, 106))
def test_settings_that_are_not_touched_stay_for_long(seed: int) -> None:
    walk_settings(open_browser("model"), seed, num_clicks=150)


def walk_anywhere(browser: Browser, seed: int, num_clicks: int) -> None:
    """Click on whatever there is; the browser minds that no page falls."""
    person = Walk(browser, seed, leave=LEAVING)
    try:
        for _ in range(num_clicks):
            person.click()
            assert_options_shown(browser)
    except Exception as error:
        raise AssertionError(f"seed {seed}, after {person.clicks}") from error


def assert_options_shown(browser: Browser) -> None:
    """Check that the options of the selected layer say what it has, but for what is refused."""
    desk = browser.app.session_state["designer.desk"] if is_designer(browser) else None
    if desk is None or browser.app.error:
        return
    section = desk.design.decoder if desk.selected_layer is None else desk.selected_layer
    for option in list_layer_options(type(section)):
        widget = browser.find(f"designer.{desk.selected}.{option.name}")
        value = getattr(section, option.name)
        words = option.words
        said = browser.read(widget)
        if option.form == "choice":
            told = words.values.get(value, words.nothing) if value is None else words.values[value]
            assert said == told, option.name
        else:
            assert says(said, widget, value, words), option.name


def is_designer(browser: Browser) -> bool:
    return any(name_of(widget) == "designer.list" for widget in browser.list_drawn())


@pytest.mark.parametrize("page", ["designer", "race", "data"])
def test_no_page_falls(page: str) -> None:
    walk_anywhere(open_browser(page), seed=3, num_clicks=8)


@pytest.mark.slow
@pytest.mark.timeout(900)
@pytest.mark.parametrize("page", ["designer", "race", "data"])
@pytest.mark.parametrize("seed", range(100, 104))
def test_no_page_falls_for_long(page: str, seed: int) -> None:
    walk_anywhere(open_browser(page), seed, num_clicks=100)


def test_a_spec_from_elsewhere_may_go_beyond_what_is_offered() -> None:
    browser = open_browser("model")
    extremes = {
        **{"model.dropout": 0.97, "training.pinball_level": 0.01, "training.loss": "pinball"},
        **{"task.test_fraction": 0.495, "task.validation_fraction": 0.005},
        **{"training.learning_rate": 1e-7, "training.clip_norm": 1e-7, "model.l1": 1.0},
    }
    draft = get_draft(browser.app)
    put_draft(browser.app, draft.spec.with_values(extremes))
    browser.run()
    browser.say(browser.find("training.epochs"), 3)
    changed = draft.spec.with_values({**extremes, "training.epochs": 3})
    assert get_draft(browser.app).spec == changed


def test_what_was_changed_elsewhere_is_shown_and_kept() -> None:
    browser = Browser(open_untrained(upload(SALES, "sales.csv")))
    draft = get_draft(browser.app)
    browser.say(browser.find("training.epochs"), 9)
    elsewhere = get_draft(browser.app).spec.with_values(
        {"task.horizon": 5, "training.optimizer": "sgd", "training.stateful": True}
    )
    put_draft(browser.app, elsewhere)
    browser.run()
    assert browser.read(browser.find("task.horizon")) == 5
    browser.say(browser.find("training.epochs"), 8)
    assert get_draft(browser.app).spec == elsewhere.with_values({"training.epochs": 8})
    assert draft.spec.task.horizon is None


def test_what_is_drawn_late_says_what_the_draft_has() -> None:
    """A page that has fields which may be emptied comes twice at once; a late browser draws the
    second."""
    app = open_page("data", upload(SALES, "sales.csv"))
    spec = get_draft(app).spec.with_values(
        {
            **{"model.architecture": "gru", "model.dropout": 0.3, "training.preset": "fast"},
            **{"training.stateful": True, "training.optimizer": "sgd", "model.l2": 0.01},
            **{"task.calendar": ["weekday"], "task.gap": 2, "training.seed": 7},
        }
    )
    put_draft(app, spec)
    browser = Browser(open_page("model", app))
    assert not list_refused(browser)
    assert not any(field.disabled for field in browser.app.number_input)
    browser.run()
    assert get_draft(app).spec == spec


def test_options_follow_what_was_changed_elsewhere() -> None:
    browser = open_browser("designer")
    spec = get_draft(browser.app).spec
    for length in (6, 3):
        segments = {"model.architecture": "segment", "model.segment": length}
        put_draft(browser.app, spec.with_values(segments))
        browser.run()
        browser.say(browser.find("designer.list"), list_options(browser.find("designer.list"))[-1])
        assert browser.app.session_state["designer.desk"].selected == "decoder"
        assert browser.app.session_state["designer.desk"].design.decoder.length == length
        assert_options_shown(browser)
