"""Widgets for single settings of a spec; their bounds come from the spec itself.

A setting that is left to the data is empty or says Auto; below it stands what the data would
choose, and why. Widgets follow the draft, whoever changed it.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from lstm_core.spec import ExperimentSpec, describe_setting, read_setting
from pages._ui.data.outlook import Outlook
from pages._ui.settings.wordbook import Wordbook
from pages._ui.shell.messages import escape_markdown
from pages._ui.shell.widget_keys import follow_value, note_value

AUTO = "auto"
"""The choice, in a list, that leaves a setting to the data."""

_SHARES = (0.01, 0.49)
_MOST_DIGITS = 10


class SettingForm:
    """Widgets around one spec; gathers what they say. What its task has no use for is not asked.

    Attributes:
        words: of the settings.
        chosen: ``section.key`` and value of each setting shown so far.
        places: where a message on a setting belongs: below its widget.
    """

    def __init__(self, outlook: Outlook) -> None:
        self.outlook = outlook
        self.words = Wordbook(outlook.spec)
        self.chosen: dict[str, Any] = {}
        self.places: dict[str, DeltaGenerator] = {}
        self._keys: dict[str, str] = {}
        self._untold: set[str] = set()

    @property
    def changed(self) -> dict[str, Any]:
        """What is chosen otherwise than in the spec, in the order of the widgets."""
        return {
            path: value
            for path, value in self.chosen.items()
            if value != read_setting(self.outlook.spec, path)
        }

    def settle(self, wanted: ExperimentSpec) -> None:
        """Take down what of all this has become the draft's."""
        for path, key in self._keys.items():
            value = read_setting(wanted, path)
            if value == self.chosen[path]:
                note_value(key, self._to_widget(path, value))

    def whole(self, path: str, *, low: int | None = None, key: str | None = None) -> None:
        """Ask for a whole number; ``low`` narrows what the spec allows.

        Another ``key`` is for a widget whose bounds depend on another setting.
        """
        if path in self.words.unused:
            return
        lowest, high = _bounds(self.outlook.spec, path)
        low = int(lowest) if low is None else low
        current = read_setting(self.outlook.spec, path)
        if current is not None and current < low:
            current = None
        words = self.words[path]
        self.chosen[path] = st.number_input(
            words.question,
            min_value=low,
            max_value=None if high is None else int(high),
            value=None if self._may_be_empty(path) else current,
            step=1,
            key=self._follow(path, current, key),
            help=words.help,
            placeholder=self._placeholder(path),
            disabled=path in self._untold,
        )
        self._say_default(path)

    def real(self, path: str, step: float) -> None:
        """Ask for any number."""
        if path in self.words.unused:
            return
        low, high = _bounds(self.outlook.spec, path)
        self._ask_real(path, low, high, step, "%.5g")

    def share(self, path: str) -> None:
        """Ask for a part of the data."""
        if path in self.words.unused:
            return
        self._ask_real(path, *_SHARES, 0.05, "%.2f")

    def slide(self, path: str, low: float, high: float) -> None:
        """Ask for a share; a default beyond what is offered makes room for itself."""
        if path in self.words.unused:
            return
        current = read_setting(self.outlook.spec, path)
        words = self.words[path]
        self.chosen[path] = st.slider(
            words.question,
            low,
            high,
            value=current,
            step=0.05,
            key=self._follow(path, current),
            help=words.help,
            format="percent",
        )
        self._say_default(path)

    def choice(self, path: str, *, without: Collection[Any] = ()) -> None:
        """Ask for one of a few values; those in ``without`` are not offered."""
        if path in self.words.unused:
            return
        words, options, current = self._start_choice(path)
        options = [option for option in options if option not in without]
        said = st.selectbox(
            self.words[path].question,
            options,
            index=options.index(current),
            format_func=words.__getitem__,
            key=self._follow(path, current),
            help=self.words[path].help,
        )
        self.chosen[path] = None if said == AUTO else said
        self._say_default(path)

    def radio(self, path: str, captions: Mapping[Any, str]) -> None:
        """Ask for one of a few values, all of them in sight."""
        if path in self.words.unused:
            return
        words, options, current = self._start_choice(path)
        said = st.radio(
            self.words[path].question,
            options,
            index=options.index(current),
            format_func=words.__getitem__,
            captions=[captions[option] for option in options],
            horizontal=True,
            key=self._follow(path, current),
            help=self.words[path].help,
        )
        self.chosen[path] = None if said == AUTO else said
        self._say_default(path)

    def several(self, path: str, offered: Collection[Any]) -> None:
        """Ask for any of a few values; what is chosen already may be taken back in any case."""
        if path in self.words.unused:
            return
        current = read_setting(self.outlook.spec, path)
        words = self.words[path]
        options = [value for value in words.values if value in offered or value in current]
        said = st.multiselect(
            words.question,
            options,
            default=list(current),
            format_func=words.values.__getitem__,
            key=self._follow(path, list(current)),
            help=words.help,
            placeholder=words.nothing.capitalize(),
        )
        self.chosen[path] = tuple(value for value in options if value in said)
        self._say_default(path)

    def columns(self, path: str, names: Sequence[str]) -> None:
        """Ask for columns; names from files may be among them."""
        if path in self.words.unused:
            return
        current = [name for name in read_setting(self.outlook.spec, path) if name in names]
        words = self.words[path]
        said = st.multiselect(
            words.question,
            names,
            default=current,
            key=self._follow(path, current),
            help=words.help,
            placeholder=words.nothing.capitalize(),
        )
        self.chosen[path] = tuple(said)
        self._say_default(path)

    def pick(self, path: str, titles: Mapping[str, str]) -> None:
        """Ask for one of many names, or for none.

        Args:
            titles: by the value that the spec takes.
        """
        if path in self.words.unused:
            return
        current = read_setting(self.outlook.spec, path) or None
        options = [*titles, *([current] if current and current not in titles else [])]
        words = self.words[path]
        said = st.selectbox(
            words.question,
            options,
            index=options.index(current) if current else None,
            format_func=lambda value: titles.get(value, value),
            key=self._follow(path, current),
            help=words.help,
            placeholder=words.nothing.capitalize(),
        )
        self.chosen[path] = said or ""
        self._say_default(path)

    def numbers(self, path: str) -> None:
        """Ask for whole numbers, one after another."""
        if path in self.words.unused:
            return
        current = ", ".join(map(str, read_setting(self.outlook.spec, path)))
        words = self.words[path]
        said = st.text_input(
            words.question,
            value=current,
            key=self._follow(path, current),
            help=words.help,
            placeholder=words.nothing.capitalize(),
        )
        parts = said.replace(";", ",").replace(",", " ").split()
        self.chosen[path] = tuple(int(part) if _is_whole(part) else part for part in parts)
        self._say_default(path)

    def switch(self, path: str) -> None:
        """Ask for yes or no."""
        if path in self.words.unused:
            return
        current = read_setting(self.outlook.spec, path)
        self.chosen[path] = st.toggle(
            self.words[path].question,
            value=current,
            key=self._follow(path, current),
            help=self.words[path].help,
        )
        self._say_default(path)

    def _ask_real(
        self, path: str, low: float, high: float | None, step: float, number_format: str
    ) -> None:
        said = read_setting(self.outlook.spec, path)
        current = None if said is None else float(said)
        if current is not None:  # a spec from elsewhere may go beyond what is offered
            low, high = min(low, current), None if high is None else max(high, current)
        words = self.words[path]
        self.chosen[path] = st.number_input(
            words.question,
            min_value=float(low),
            max_value=None if high is None else float(high),
            value=None if self._may_be_empty(path) else current,
            step=step,
            format=number_format,
            key=self._follow(path, current),
            help=words.help,
            placeholder=self._placeholder(path),
            disabled=path in self._untold,
        )
        self._say_default(path)

    def _start_choice(self, path: str) -> tuple[dict[Any, str], list[Any], Any]:
        words: dict[Any, str] = {AUTO: "Auto"} if self.words.is_left_to_data(path) else {}
        words |= self.words[path].values
        current = read_setting(self.outlook.spec, path)
        return words, list(words), AUTO if current is None else current

    def _follow(self, path: str, current: Any, key: str | None = None) -> str:
        """Let the widget of a setting show what the draft has; return its key."""
        self._keys[path] = key or path
        if not follow_value(key or path, current, may_be_emptied=self._may_be_empty(path)):
            self._untold.add(path)
        return key or path

    def _may_be_empty(self, path: str) -> bool:
        return self.words.is_left_to_data(path) or bool(self.words[path].nothing)

    def _placeholder(self, path: str) -> str | None:
        return "Auto" if self.words.is_left_to_data(path) else self.words[path].nothing or None

    def _say_default(self, path: str) -> None:
        """Say what the data would choose, and keep a place for what is wrong with the choice."""
        if self.words.is_left_to_data(path):
            suggestion = self.outlook.suggest(path)
            if suggestion is not None:
                st.caption(self._word_default(path, *suggestion))
        self.places[path] = st.container()

    def _word_default(self, path: str, value: Any, reason: str) -> str:
        said = "" if value is None else f"**{escape_markdown(self.words.say(path, value))}**"
        text = " · ".join(filter(None, (said, escape_markdown(reason))))
        return text if self.chosen[path] is None else f"Auto: {text}"

    def _to_widget(self, path: str, value: Any) -> Any:
        """Return what a setting's widget holds for a value."""
        if isinstance(value, tuple):
            is_text = value and all(isinstance(each, int) for each in value)
            return ", ".join(map(str, value)) if is_text else list(value)
        return AUTO if value is None and self.words[path].values else value


def _is_whole(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) < _MOST_DIGITS


def _bounds(spec: ExperimentSpec, path: str) -> tuple[float, float | None]:
    """Return the smallest and largest value that the spec allows."""
    limits = describe_setting(spec, path).metadata
    low = next((limit.ge for limit in limits if hasattr(limit, "ge")), None)
    if low is None:  # an open bound: the smallest step above it that the widget offers
        low = next((limit.gt for limit in limits if hasattr(limit, "gt")), 0) + 1e-6
    high = next((limit.le for limit in limits if hasattr(limit, "le")), None)
    return low, high
