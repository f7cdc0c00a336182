"""Random clicks and words, as of somebody who tries everything in any order."""

from __future__ import annotations

import random
from collections.abc import Collection
from typing import Any

from streamlit.testing.v1.element_tree import Widget

from tests.pages.browser import Browser, list_options, name_of

TEXTS = (
    *("", " ", "7, 14, 21", "7; 21", "3 5 8", "auto", "Auto", "many", "0", "-1", "0.5", "7, 7"),
    *("nan", "inf", "1e999", "9" * 40, "7, " + "9" * 30, "`*x*` [a](b)", "😀", "null", '"gru"'),
)
NUMBERS = (0, 1, 2, 4, 7, 8, 14, 30, 64, 100, 5_000, 0.001, 0.02, 0.5, 1.5, -3, 1e9)

OPEN, WAIT = "(open)", "(wait)"


class Walk:
    """One person's clicks.

    Attributes:
        clicks: what was done so far, to be read where a walk ends badly.
    """

    def __init__(self, browser: Browser, seed: int, leave: Collection[str] = ()) -> None:
        """Args:
        leave: names of buttons that are not pressed.
        """
        self.browser = browser
        self.clicks: list[tuple[str, Any]] = []
        self._random = random.Random(seed)
        self._leave = leave

    def click(self) -> str:
        """Do one thing; return the name of the widget it was done with."""
        popovers = self.browser.list_popovers()
        if popovers and self._random.random() < 0.3:
            popover = self._random.choice([*popovers, None])
            self.clicks.append((OPEN, popover))
            self.browser.open(popover)
            return OPEN
        if self._random.random() < 0.1:
            self.clicks.append((WAIT, None))
            self.browser.run()
            return WAIT
        widgets = [each for each in self.browser.list_drawn() if self._can_use(each)]
        if self.browser.opened is not None and self._random.random() < 0.7:
            widgets = [each for each in widgets if self._is_inside(each)] or widgets
        widget = self._random.choice(widgets)
        name = name_of(widget)
        if widget.type == "button":
            self.clicks.append((name, True))
            self.browser.press(widget)
        else:
            value = self._choose(widget)
            self.clicks.append((name, value))
            self.browser.say(widget, value)
        return name

    def _is_inside(self, widget: Widget) -> bool:
        return self.browser.find_popover(widget) == self.browser.opened

    def _can_use(self, widget: Widget) -> bool:
        usable = widget.type == "button" or hasattr(widget.proto, "set_value")
        is_off = getattr(widget.proto, "disabled", False)
        return usable and not is_off and name_of(widget) not in self._leave

    def _choose(self, widget: Any) -> Any:
        """Return something that a person could make the widget say."""
        proto = widget.proto
        if widget.type == "number_input":
            low = proto.min if proto.has_min else -(2**53)
            high = proto.max if proto.has_max else 2**53
            numbers = [each for each in NUMBERS if low <= each <= high] or [low]
            if proto.data_type == proto.DataType.INT:
                numbers = [each for each in numbers if each == int(each)] or [int(low)]
            empty = [] if proto.HasField("default") else [None]
            return self._random.choice([*numbers, *empty])
        if widget.type == "text_input":
            return self._random.choice(TEXTS)
        if widget.type in ("checkbox", "toggle"):
            return not self.browser.read(widget)
        if widget.type == "slider":
            return [self._random.uniform(proto.min, proto.max)]
        options = list_options(widget)
        if getattr(proto, "accept_new_options", False):
            options += [text for text in TEXTS if text.strip()]  # typed, and then chosen
        if widget.type in ("selectbox", "radio"):
            return self._random.choice(options)
        said = self.browser.read(widget)
        if widget.type == "button_group" and proto.click_mode == proto.ClickMode.SINGLE_SELECT:
            return [self._random.choice(options)]
        assert options, f"{name_of(widget)} offers nothing"
        option = self._random.choice(options)  # one click on one of several
        return [each for each in said if each != option] if option in said else [*said, option]
