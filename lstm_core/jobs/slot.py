"""``Slot``: room for one run, wherever a backend finds it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Slot:
    """Room for one run.

    Attributes:
        place: what it is called, no two alike; the record says which run sits where.
        environment: variables that keep the run inside it.
    """

    place: str
    environment: Mapping[str, str] = field(default_factory=dict)

    @property
    def variables(self) -> dict[str, str]:
        """Return the environment of what runs in it, its place among them: no two are alike."""
        return {"LSTM_STUDIO_PLACE": self.place, **self.environment}
