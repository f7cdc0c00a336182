"""What was chosen for a person, and why."""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st

from lstm_core.spec import ExperimentSpec, read_setting
from pages._ui.settings.wordbook import Wordbook
from pages._ui.shell.messages import escape_markdown
from pages._ui.tasks.registry import find_pages


def show_choices(spec: ExperimentSpec, reasons: Mapping[str, str]) -> None:
    """List the defaults of a filled-in spec with their reasons, in the order of the form."""
    words = Wordbook(spec)
    order = [*words, *(path for path in reasons if path not in words)]
    told = [path for path in order if path in reasons and _applies(path, spec, words)]
    st.markdown("\n".join(_say_choice(spec, path, reasons[path], words) for path in told))


def _applies(path: str, spec: ExperimentSpec, words: Wordbook) -> bool:
    return path not in words.unused and find_pages(spec).applies(path, spec)


def _say_choice(spec: ExperimentSpec, path: str, reason: str, words: Wordbook) -> str:
    value = escape_markdown(words.say(path, read_setting(spec, path)))
    return f"- **{words.title(path)}: {value}.** {escape_markdown(reason)}"
