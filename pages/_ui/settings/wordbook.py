"""The words of all settings that there are for one task: those that tasks share, and its own."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from lstm_core.spec import SECTIONS, ExperimentSpec, describe_setting, list_settings
from lstm_core.tasks.registry import find_kind
from pages._ui.settings.setting_words import SettingWords
from pages._ui.settings.shared_words import list_captions, list_shared_words
from pages._ui.tasks.registry import find_pages


class Wordbook:
    """What settings are called in experiments of the kind that a spec is.

    Attributes:
        preset_captions: what each preset of the effort comes to.
        unused: settings that have no part in this task.
    """

    def __init__(self, spec: ExperimentSpec) -> None:
        kind = find_kind(spec)
        self.unused = frozenset(kind.unused)
        pages = find_pages(spec)
        self.preset_captions = {**list_captions(kind.nouns), **pages.presets}
        words = {**list_shared_words(kind.nouns), **pages.words}
        self._words = {
            path: words[path] for path in sorted(words, key=_place) if path not in self.unused
        }
        self._left_to_data = frozenset(
            path for path in list_settings(spec) if describe_setting(spec, path).default is None
        )

    def __getitem__(self, path: str) -> SettingWords:
        return self._words[path]

    def __contains__(self, path: object) -> bool:
        return path in self._words

    def __iter__(self) -> Iterator[str]:
        """Yield what has words, in the order in which people see it."""
        return iter(self._words)

    def get(self, path: str) -> SettingWords | None:
        return self._words.get(path)

    def is_left_to_data(self, path: str) -> bool:
        """Whether the setting is read from the data's profile unless somebody sets it."""
        return path in self._left_to_data

    def title(self, path: str) -> str:
        """Return what a setting is called in a list; settings without words go by their key."""
        words = self.get(path)
        return words.title if words else path.partition(".")[2].replace("_", " ").capitalize()

    def say(self, path: str, value: Any) -> str:
        """Write a setting's value for people; names from files may be in it."""
        words = self.get(path)
        if isinstance(value, list):
            value = tuple(value)
        if words is not None and value in words.values:
            return words.values[value].partition(":")[0]
        if value is None:
            return (words.nothing if words else "") or "open"
        if path == "model.stack":
            return ", ".join(layer.title for layer in value)
        if path == "model.decoder":
            return str(value.title)
        if isinstance(value, tuple):
            chosen = words.values if words else {}
            said = ", ".join(str(chosen.get(each, each)) for each in value)
            return said or (words.nothing if words else "")
        if words is not None and words.is_share:
            return f"{value:.0%}"
        if isinstance(value, int):
            return f"{value:,}"
        return f"{value:.4g}" if isinstance(value, float) else str(value)


def _place(path: str) -> int:
    return SECTIONS.index(path.partition(".")[0])
