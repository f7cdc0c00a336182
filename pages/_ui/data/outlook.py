"""What a draft's spec comes to on its dataset: the defaults, their reasons, or why it can't run."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from lstm_core.data.series.dataset import Dataset
from lstm_core.errors import StudioError
from lstm_core.spec import ExperimentSpec, read_setting
from lstm_core.tasks.registry import find_kind
from pages._ui.settings.setting_words import SETTINGS


@dataclass(frozen=True)
class Outlook:
    """A spec as chosen and as it would be run; ``resolved`` is none where ``error`` is not."""

    spec: ExperimentSpec
    dataset: Dataset
    resolved: ExperimentSpec | None = None
    reasons: dict[str, str] = field(default_factory=dict)
    error: StudioError | None = None

    @classmethod
    def of(cls, spec: ExperimentSpec, dataset: Dataset) -> Outlook:
        try:
            resolved, reasons = find_kind(spec).resolve(spec, dataset)
        except StudioError as error:
            return cls(spec, dataset, error=error)
        return cls(spec, dataset, resolved, reasons)

    def read(self, path: str) -> Any:
        """Return a setting as it would be run, or as chosen where that is not known."""
        return read_setting(self.resolved or self.spec, path)

    def suggest(self, path: str) -> tuple[Any, str] | None:
        """Return what the data would choose for a setting, and why; none where it can't tell."""
        if read_setting(self.spec, path) is not None:
            section, key = path.split(".")
            return Outlook.of(self.spec.update(section, {key: None}), self.dataset).suggest(path)
        if self.resolved is None:
            return None
        value = read_setting(self.resolved, path)
        if path == "model.layers":
            value = self.resolved.model.num_layers
        return value, self.reasons.get(path, SETTINGS[path].undecided)
