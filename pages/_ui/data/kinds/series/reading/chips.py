"""The items of the reading plan as chips: each says what was found, and opens to be corrected."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import streamlit as st

from lstm_core.spec import read_setting
from lstm_core.spec.reading import ReadingPlan
from pages._ui.data.draft import Draft
from pages._ui.data.kinds.series.reading.changing import PREFIX, change_item
from pages._ui.data.kinds.series.reading.items.all import ITEMS
from pages._ui.data.kinds.series.reading.items.item import PlanItem
from pages._ui.shell.messages import escape_markdown
from pages._ui.shell.widget_keys import follow_value, make_key

_LONGEST_CHIP = 40
_MOST_LINES = 100_000


@dataclass(frozen=True)
class Chips:
    """What chips speak of.

    Attributes:
        plan: as found, with what a person said.
        members: sheets or files that there are.
        columns: the table's.
        is_text: whether the file is text, with cells between separators.
    """

    draft: Draft
    plan: ReadingPlan
    members: Sequence[str] = ()
    columns: Sequence[str] = ()
    is_text: bool = True

    def read(self, item: PlanItem) -> Any:
        """Return what an item is, found or said; None where it is neither."""
        said = self.read_said(item)
        return said if item.path or said is not None else getattr(self.plan, item.name)

    def read_said(self, item: PlanItem) -> Any:
        """Return what a person said; None where nobody did."""
        return read_setting(self.draft.spec, item.setting)

    def list_notable(self) -> list[PlanItem]:
        """Return the items that a person said or that are unlike most files'."""
        return [item for item in self._list() if self._is_notable(item)]

    def list_others(self) -> list[PlanItem]:
        """Return the other items that such a file has."""
        return [item for item in self._list() if not self._is_notable(item)]

    def _list(self) -> list[PlanItem]:
        return [item for item in ITEMS.values() if self._applies(item)]

    def _applies(self, item: PlanItem) -> bool:
        if self.read_said(item) is not None:
            return True
        if item.of == "members":
            return len(self.members) > 1
        return item.of == "all" or self.is_text

    def _is_notable(self, item: PlanItem) -> bool:
        value = self.read(item)
        return self.read_said(item) is not None or (value is not None and value not in item.usual)


def show_chips(chips: Chips, items: Iterable[PlanItem]) -> None:
    """Show a chip for each item, which opens to a small control."""
    with st.container(horizontal=True, gap="xsmall"):
        for item in items:
            _show_chip(chips, item)


def _show_chip(chips: Chips, item: PlanItem) -> None:
    value, said = chips.read(item), chips.read_said(item)
    words = item.noun if value is None else item.say(value)
    with st.popover(
        escape_markdown(_shorten(words)),
        icon=":material/edit:" if said is not None else None,
        key=f"chip.{item.name}",
        help="Said by you." if said is not None else None,
    ):
        _ask(chips, item, value)
        if said is not None:
            st.button(
                "Found by itself",
                key=f"{PREFIX}{item.name}.found",
                icon=":material/undo:",
                on_click=change_item,
                args=(chips.draft, item.setting, None),
                help="Takes back what was said: the file decides again.",
            )


def _ask(chips: Chips, item: PlanItem, now: Any) -> None:
    key = make_key(f"{PREFIX}{item.name}")
    shared: dict[str, Any] = {
        "key": key,
        "help": item.help,
        "on_change": _take,
        "args": (chips.draft, item, key),
    }
    if item.form == "choice":
        options = _list_options(item.values, now)
        follow_value(key, now)
        st.pills(
            item.question,
            options,
            default=now,
            required=now is not None,
            format_func=lambda option: escape_markdown(item.values.get(option, str(option))),
            **shared,
        )
    elif item.form in ("list", "member"):
        names = chips.members if item.form == "member" else tuple(item.values)
        options = _list_options(names, now)
        follow_value(key, now)
        st.selectbox(
            item.question,
            options,
            index=options.index(now) if now in options else None,
            format_func=lambda option: item.values.get(option, str(option)),
            accept_new_options=item.form == "list",
            placeholder="Found by itself",
            **shared,
        )
    elif item.form in ("words", "columns"):
        given = list(now or ())
        options = [*chips.columns] if item.form == "columns" else []
        options += [each for each in given if each not in options]
        follow_value(key, given)
        st.multiselect(
            item.question,
            options,
            default=given,
            accept_new_options=item.form == "words",
            placeholder="None",
            disabled=item.form == "columns" and not options,
            **shared,
        )
    elif item.form == "number":
        most = 10 if item.name == "header_rows" else _MOST_LINES
        st.number_input(item.question, 0, most, value=now or 0, step=1, **shared)
    else:
        st.text_input(item.question, value=now or "", max_chars=5, **shared)


def _list_options(values: Iterable[Any], now: Any) -> list[Any]:
    options = list(values)
    return options if now is None or now in options else [*options, now]


def _take(draft: Draft, item: PlanItem, key: str) -> None:
    """Write down what a person said with the control of an item.

    A list that was emptied says that there are none, where that can be said.
    """
    said = st.session_state[key]
    if item.form in ("words", "columns"):
        said = list(said) if said or item.name != "times" else None
    elif isinstance(said, str):
        said = said if item.form == "choice" or said in item.values else said.strip() or None
    change_item(draft, item.setting, said)


def _shorten(words: str) -> str:
    return words if len(words) <= _LONGEST_CHIP else f"{words[: _LONGEST_CHIP - 1]}…"
