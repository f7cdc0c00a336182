"""What a draft's spec comes to on its data: the defaults, their reasons, or why it can't run."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from typing import Any, TypeVar
from weakref import ref

from lstm_core.errors import StudioError
from lstm_core.spec import ExperimentSpec, read_setting
from lstm_core.tasks.registry import find_kind
from pages._ui.settings.wordbook import Wordbook

T = TypeVar("T")

_MOST_REMEMBERED = 64
"""Specs, of one collection."""

_Resolved = tuple[ExperimentSpec | None, dict[str, str], StudioError | None]


class _Memory:
    """What is known of each collection, for as long as somebody else holds that.

    A collection can't be compared at once, nor hashed: it is known by its place in memory.
    """

    def __init__(self) -> None:
        self._found: dict[int, tuple[ref[Any], dict[str, Any]]] = {}

    def find(self, collection: Any) -> dict[str, Any]:
        place = id(collection)
        entry = self._found.get(place)
        if entry is None or entry[0]() is not collection:
            forget = partial(self._forget, place)
            entry = self._found[place] = (ref(collection, forget), {})
        return entry[1]

    def _forget(self, place: int, gone: ref[Any]) -> None:
        entry = self._found.get(place)
        if entry is not None and entry[0] is gone:
            del self._found[place]

    def recall(self, name: str, collection: Any, work_out: Callable[[], Any]) -> Any:
        """Return what was worked out under a name, the first time by ``work_out``."""
        found = self.find(collection)
        if name not in found:
            while len(found) >= _MOST_REMEMBERED:
                found.pop(next(iter(found)), None)
            found[name] = work_out()
        return found[name]


_KNOWN = _Memory()
_LOOKED_AT = _Memory()


def _resolve(spec: ExperimentSpec, collection: Any) -> _Resolved:
    try:
        return *find_kind(spec).resolve(spec, collection), None
    except StudioError as error:
        return None, {}, error


@dataclass(frozen=True)
class Outlook:
    """A spec as chosen and as it would be run; ``resolved`` is none where ``error`` is not.

    The collection is of the kind that the spec's task reads.
    """

    spec: ExperimentSpec
    collection: Any
    resolved: ExperimentSpec | None = None
    reasons: dict[str, str] = field(default_factory=dict)
    error: StudioError | None = None

    @classmethod
    def of(cls, spec: ExperimentSpec, collection: Any) -> Outlook:
        """Work out what a spec comes to; what was worked out is remembered with the collection."""
        known: _Resolved = _KNOWN.recall(
            spec.to_json(), collection, partial(_resolve, spec, collection)
        )
        resolved, reasons, error = known
        return cls(spec, collection, resolved, dict(reasons), error)

    def list_cautions(self) -> list[str]:
        """Return what a person should know before training; remembered with the collection."""
        if self.resolved is None:
            return []
        look = partial(find_kind(self.resolved).list_cautions, self.resolved, self.collection)
        return list(self.recall("cautions", look))

    def recall(self, what: str, look: Callable[[], T]) -> T:
        """Return what a long look at spec and collection brought, and look only once."""
        spec = self.resolved or self.spec
        found: T = _LOOKED_AT.recall(f"{what} {spec.to_json()}", self.collection, look)
        return found

    def read(self, path: str) -> Any:
        """Return a setting as it would be run, or as chosen where that is not known."""
        return read_setting(self.resolved or self.spec, path)

    def suggest(self, path: str) -> tuple[Any, str] | None:
        """Return what the data would choose for a setting, and why; none where it can't tell."""
        if read_setting(self.spec, path) is not None:
            section, key = path.split(".")
            return Outlook.of(self.spec.update(section, {key: None}), self.collection).suggest(path)
        if self.resolved is None:
            return None
        value = read_setting(self.resolved, path)
        if path == "model.layers":
            value = self.resolved.model.num_layers
        return value, self.reasons.get(path) or Wordbook(self.spec)[path].undecided
