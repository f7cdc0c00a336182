"""A browser in front of the pages: what it has drawn, and what it therefore says.

AppTest alone answers for every widget with what the server holds. A browser knows of a widget only
what it was told when it drew it: one that is folded away in a popover starts, once that is opened,
from the default it was last sent; a value that the server sends reaches only what is drawn; and
what it holds under a key stays until a page comes without that key.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from streamlit.proto.WidgetStates_pb2 import WidgetState, WidgetStates
from streamlit.testing.v1 import AppTest
from streamlit.testing.v1.element_tree import Block, Widget

POPOVER = "popover"

OUR_SIDE = "our side"
"""What a page says when it fell."""


class Browser:
    """One visitor's browser.

    Attributes:
        app: what it shows; to be changed through the browser alone.
        opened: the popover that is open, by the name of the first widget inside.
    """

    def __init__(self, app: AppTest) -> None:
        self.app = app
        self.opened: str | None = None
        self._said: dict[str, WidgetState] = {}
        self._draw()

    def list_drawn(self) -> list[Widget]:
        """Return the widgets that a person could use now, in their order."""
        return [widget for widget, popover in self._walk() if popover in (None, self.opened)]

    def find(self, name: str) -> Widget:
        """Return the drawn widget of a name, whatever its key has become."""
        (widget,) = (each for each in self.list_drawn() if name_of(each) == name)
        return widget

    def list_popovers(self) -> list[str]:
        """Return the popovers, by the name of the first widget inside."""
        return list(dict.fromkeys(popover for _, popover in self._walk() if popover is not None))

    def find_popover(self, widget: Widget) -> str | None:
        """Return the popover that a widget is in."""
        return next(popover for each, popover in self._walk() if each is widget)

    def open(self, popover: str | None) -> None:
        """Open a popover, which closes the one that was open; the server isn't told."""
        self.opened = popover
        self._draw_new()

    def read(self, widget: Widget) -> Any:
        """Return what a widget shows: words, a number, a list of words; none where it is empty."""
        state = self._said[widget.id]
        kind = state.WhichOneof("value")
        said: Any = None if kind is None else getattr(state, kind)
        return list(said.data) if kind in ("string_array_value", "double_array_value") else said

    def say(self, widget: Widget, value: Any) -> None:
        """Say something else with a widget, as a person does, and wait for the page.

        Args:
            value: as ``read`` returns it.
        """
        self._said[widget.id] = _write_state(widget, value)
        self._send()

    def press(self, widget: Widget) -> None:
        """Click a button."""
        state = WidgetState(id=widget.id)
        state.trigger_value = True
        self._send(state)

    def bring(self, uploader: Any, name: str, content: bytes, kind: str) -> None:
        """Give an uploader a file."""
        uploader.set_value((name, content, kind))
        self._send()

    def run(self) -> None:
        """Let the page be drawn once more, as a fragment or a clock does."""
        self._send()

    def _send(self, *pressed: WidgetState) -> None:
        states = [self._said[each.id] for each, _ in self._walk() if each.id in self._said]
        files = [each._widget_state for each in self.app.file_uploader]
        self.app._run(WidgetStates(widgets=[*states, *files, *pressed]))
        assert not self.app.exception, [each.value for each in self.app.exception]
        fallen = [error.value for error in self.app.error if OUR_SIDE in error.value]
        assert not fallen, fallen
        self._draw()

    def _draw(self) -> None:
        """Take over what the server sent."""
        there = {widget.id for widget, _ in self._walk()}
        self._said = {name: state for name, state in self._said.items() if name in there}
        for widget in self.list_drawn():
            if widget.id in self._said and getattr(widget.proto, "set_value", False):
                self._said[widget.id] = _read_sent(widget)
        if self.opened not in self.list_popovers():
            self.opened = None
        self._draw_new()

    def _draw_new(self) -> None:
        for widget in self.list_drawn():
            if widget.id not in self._said and hasattr(widget.proto, "set_value"):
                self._said[widget.id] = _read_sent(widget)

    def _walk(self) -> Iterator[tuple[Widget, str | None]]:
        """Yield the widgets of the page, each with the popover that it is in."""
        yield from _walk(self.app.main, None)


def _walk(block: Block, popover: str | None) -> Iterator[tuple[Widget, str | None]]:
    for child in block.children.values():
        if isinstance(child, Widget):
            yield child, popover
        elif isinstance(child, Block):
            is_popover = child.type == POPOVER
            yield from _walk(child, _find_first_name(child) if is_popover else popover)


def name_of(widget: Widget) -> str:
    """Return what a widget is called, without what tells its key from those before."""
    return (widget.key or "").partition("~")[0]


def _find_first_name(block: Block) -> str:
    return next((name_of(widget) for widget, _ in _walk(block, None)), "")


def _read_sent(widget: Widget) -> WidgetState:
    """Return what a widget says that is drawn for the first time, or was sent another value."""
    proto: Any = widget.proto
    sent = proto.set_value
    if widget.type in ("selectbox", "radio"):
        chosen = proto.default if proto.HasField("default") else None
        value = None if chosen is None else proto.options[chosen]
        if sent:
            value = proto.raw_value if proto.HasField("raw_value") else None
    elif widget.type in ("button_group", "multiselect"):
        value = [list_options(widget)[each] for each in proto.default]
        if sent:
            value = list(proto.raw_values)
    elif widget.type == "number_input":
        value = proto.default if proto.HasField("default") else None
        if sent and proto.HasField("value"):
            value = proto.value
    elif widget.type == "slider":
        value = list(proto.value if sent else proto.default)
    else:
        value = proto.value if sent else proto.default
    return _write_state(widget, value)


def list_options(widget: Any) -> list[str]:
    """Return what a widget offers, as the browser shows it."""
    return [getattr(option, "content", option) for option in widget.proto.options]


def _write_state(widget: Widget, value: Any) -> WidgetState:
    state = WidgetState(id=widget.id)
    if value is None:
        return state
    if widget.type == "number_input":
        state.double_value = value
    elif widget.type in ("text_input", "selectbox", "radio"):
        state.string_value = value
    elif widget.type in ("checkbox", "toggle"):
        state.bool_value = value
    elif widget.type in ("button_group", "multiselect"):
        state.string_array_value.data[:] = value
    elif widget.type == "slider":
        state.double_array_value.data[:] = value
    else:
        raise AssertionError(f"what a browser says with a {widget.type} is not known")
    return state
