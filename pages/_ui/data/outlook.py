"""What a draft's spec comes to on its data: the defaults, their reasons, or why it can't run."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from lstm_core.errors import StudioError
from lstm_core.spec import ExperimentSpec, read_setting
from lstm_core.tasks.registry import find_kind
from pages._ui.settings.wordbook import Wordbook


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
        try:
            resolved, reasons = find_kind(spec).resolve(spec, collection)
        except StudioError as error:
            return cls(spec, collection, error=error)
        return cls(spec, collection, resolved, reasons)

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
