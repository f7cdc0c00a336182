"""Widgets for single settings of a spec; their bounds come from the spec itself."""

from __future__ import annotations

from typing import Any

import streamlit as st

from lstm_core.spec import SECTIONS, ExperimentSpec
from pages._ui.messages import escape_markdown


class SettingForm:
    """Widgets around one spec; gathers what they say in ``chosen``."""

    def __init__(self, spec: ExperimentSpec, reasons: dict[str, str] | None = None) -> None:
        self.spec = spec
        self.reasons = reasons or {}
        self.chosen: dict[str, Any] = {}

    def whole(self, path: str, label: str, help_text: str, *, optional: bool = False) -> None:
        low, high = _bounds(path)
        self.chosen[path] = st.number_input(
            label,
            min_value=int(low),
            max_value=int(high) if high is not None else None,
            value=self._start(path, optional),
            step=1,
            key=path,
            help=self._help(path, help_text),
            placeholder="no limit" if optional else None,
        )

    def real(self, path: str, label: str, help_text: str, *, optional: bool = False) -> None:
        low, high = _bounds(path)
        self.chosen[path] = st.number_input(
            label,
            min_value=float(low),
            max_value=float(high) if high is not None else None,
            value=self._start(path, optional),
            step=1e-4,
            format="%.5g",
            key=path,
            help=self._help(path, help_text),
            placeholder="no limit" if optional else None,
        )

    def share(self, path: str, label: str, help_text: str, low: float, high: float) -> None:
        self.chosen[path] = st.slider(
            label, low, high, self._current(path), 0.05, key=path, help=self._help(path, help_text)
        )

    def choice(self, path: str, label: str, help_text: str, words: dict[str, str]) -> None:
        options = list(words)
        self.chosen[path] = st.selectbox(
            label,
            options,
            index=options.index(self._current(path)),
            format_func=words.__getitem__,
            key=path,
            help=self._help(path, help_text),
        )

    def _start(self, path: str, optional: bool) -> Any:
        """Return the widget's own default; only a field without one can be emptied by a person."""
        if not optional:
            return self._current(path)
        st.session_state.setdefault(path, self._current(path))
        return None

    def _current(self, path: str) -> Any:
        section, key = path.split(".")
        return getattr(getattr(self.spec, section), key)

    def _help(self, path: str, text: str) -> str:
        reason = self.reasons.get(path)
        return f"{text}\n\nWhy this default: {escape_markdown(reason)}" if reason else text


def _bounds(path: str) -> tuple[float, float | None]:
    """Return the smallest and largest value that the spec allows."""
    section, key = path.split(".")
    limits = SECTIONS[section].model_fields[key].metadata
    low = next((limit.ge for limit in limits if hasattr(limit, "ge")), None)
    if low is None:  # an open bound: the smallest step above it that the widget offers
        low = next((limit.gt for limit in limits if hasattr(limit, "gt")), 0) + 1e-6
    high = next((limit.le for limit in limits if hasattr(limit, "le")), None)
    return low, high
