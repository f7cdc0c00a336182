"""The space that lies before the person: what was proposed for the draft, and what became of it.

Kept as the plain objects that its file holds, so that a range which is no range yet is kept too.
Each draft has its own, and each size of it: going elsewhere and coming back loses nothing.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property, partial
from typing import Any

import streamlit as st

from lstm_core.errors import SpecError
from lstm_core.searches.space.conditions import settle_conditions
from lstm_core.searches.space.proposal import Size, propose_for
from lstm_core.searches.space.suggestion import Shape, reshape_entry, suggest_entry
from lstm_core.spec import ExperimentSpec
from lstm_core.spec.search import Entry, Space, parse_space, space_to_json
from lstm_core.spec.upgrades import upgrade_space
from pages._ui.data.draft import Draft, keep_in_draft, name_files
from pages._ui.data.loading import load_draft_collection
from pages._ui.data.outlook import Outlook
from pages._ui.search.space.numbers import check_numbers
from pages._ui.settings.answers import remember
from pages._ui.settings.wordbook import Wordbook
from pages._ui.shell.widget_keys import renew_widgets

SIZE = "tune.size"
"""What the widget around the size is called."""

_KEPT = "tune.spaces"
_CURRENT = "tune.draft"
_ENTRIES = "tune.space."

_REMEMBERED = "space"
"""What the draft remembers its space by."""

Content = dict[str, dict[str, Any]]


@dataclass
class _Kept:
    """What the session remembers of one draft: by size, the spaces that were looked at."""

    size: Size = "small"
    contents: dict[Size, Content] = field(default_factory=dict)


@dataclass(frozen=True)
class SpaceDesk:
    """One draft, and the space that was put together for it; changes are kept in the session.

    Attributes:
        draft: what is searched from.
        outlook: what it comes to; it can be run.
    """

    draft: Draft
    outlook: Outlook
    _kept: _Kept

    @cached_property
    def words(self) -> Wordbook:
        return Wordbook(self.draft.spec)

    @property
    def size(self) -> Size:
        return self._kept.size

    @property
    def resolved(self) -> ExperimentSpec:
        assert self.outlook.resolved is not None
        return self.outlook.resolved

    @property
    def content(self) -> Content:
        """The space as its file holds it, whether it can be searched or not.

        Raises:
            StudioError: none was made yet, and none can be proposed.
        """
        if self.size not in self._kept.contents:
            self._kept.contents[self.size] = self._propose(self.size)
        return self._kept.contents[self.size]

    @property
    def is_as_proposed(self) -> bool:
        return self.content == self._propose(self.size)

    def read_space(self) -> tuple[Space, dict[str, str]]:
        """Return the space, and which entries can't matter for want of which setting's value.

        Raises:
            SpecError: an entry is none.
        """
        return settle_conditions(parse_space(self.content), self.resolved)

    def choose_size(self, size: Size) -> None:
        self._kept.size = size
        renew_widgets(_ENTRIES)

    def reset(self) -> None:
        """Take the proposal again."""
        self._kept.contents.pop(self.size, None)
        renew_widgets(_ENTRIES)

    def take(self, space: Space) -> None:
        """Put another space in the place of this one."""
        self._kept.contents[self.size] = space_to_json(space)
        renew_widgets(_ENTRIES)

    def put(self, path: str, field: str, value: Any) -> None:
        """Keep one thing that was changed about an entry; one that has gone is passed over."""
        if field in self.content.get(path, {}):
            self.content[path] = {**self.content[path], field: value}

    def add(self, path: str) -> None:
        """Search one more setting; it comes before those that depend on it."""
        items = list(self.content.items())
        waiting = (place for place, (_, each) in enumerate(items) if path in each["when"])
        place = next(waiting, len(items))
        entry = space_to_json({path: self._suggest(path)})[path]
        self._kept.contents[self.size] = dict([*items[:place], (path, entry), *items[place:]])
        renew_widgets(name_field(path))

    def leave_out(self, path: str) -> None:
        self.content.pop(path, None)

    def reshape(self, path: str, shape: Shape) -> None:
        """Make a range, a list or one value of an entry; what it was is kept as far as it goes.

        Raises:
            SpecError: no range can be made of it.
        """
        if path not in self.content:
            return
        suggested = self._suggest(path)
        try:
            entry = parse_space({path: self.content[path]})[path]
        except SpecError:
            entry = suggested.model_copy(update={"when": self.content[path]["when"]})
        reshaped = space_to_json({path: reshape_entry(entry, shape, suggested)})
        check_numbers(reshaped)
        self.content.update(reshaped)

    def drop_condition(self, path: str) -> None:
        """Let a setting be searched whatever the others are."""
        self.put(path, "when", {})

    def _suggest(self, path: str) -> Entry:
        return suggest_entry(path, self.resolved, self._propose_space("large"))

    def _propose(self, size: Size) -> Content:
        return space_to_json(self._propose_space(size))

    def _propose_space(self, size: Size) -> Space:
        """Return the proposal, worked out once for a draft's spec and its data."""
        spec, collection = self.outlook.spec, self.outlook.collection
        return self.outlook.recall(
            f"{size} space of {spec.fingerprint}", partial(propose_for, spec, collection, size)
        )


def lay_out(draft: Draft) -> SpaceDesk:
    """Return the desk of a draft; another draft's is put aside, and its widgets begin anew.

    Raises:
        StudioError: the draft can't be run.
    """
    outlook = Outlook.of(draft.spec, load_draft_collection(draft))
    if outlook.error is not None:
        raise outlook.error
    drafts: dict[str, _Kept] = st.session_state.setdefault(_KEPT, {})
    name = name_draft(draft)
    before = st.session_state.get(_CURRENT)
    if name not in drafts:
        size = drafts[before].size if before in drafts else "small"
        remember(drafts, name, _read_kept(draft, name) or _Kept(size))
    if before != name:
        st.session_state[_CURRENT] = name
        renew_widgets(SIZE, _ENTRIES)
    return SpaceDesk(draft, outlook, drafts[name])


def keep_space(desk: SpaceDesk) -> None:
    """Let the draft remember its space, once that is another than was proposed first."""
    if desk.size == "small" and desk.is_as_proposed and _REMEMBERED not in desk.draft.kept:
        return
    kept = {"of": name_draft(desk.draft), "size": desk.size, "content": desk.content}
    keep_in_draft(_REMEMBERED, kept)


def _read_kept(draft: Draft, name: str) -> _Kept | None:
    """Return the space that the draft remembers, unless it was of other settings."""
    kept = draft.kept.get(_REMEMBERED)
    if kept is None or kept["of"] != name:
        return None
    return _Kept(kept["size"], {kept["size"]: upgrade_space(kept["content"])})


def name_draft(draft: Draft) -> str:
    """Equal for equal drafts."""
    return f"{draft.spec.fingerprint} {name_files(draft)} {draft.dataset_id}"


def name_field(path: str, field: str = "") -> str:
    """Return what the widget around one field of an entry is called."""
    return f"{_ENTRIES}{path}.{field}"
