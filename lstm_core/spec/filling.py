"""What a spec leaves open, filled in with what the data tell, and why."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from lstm_core.spec.experiment import ExperimentSpec

Told = dict[str, tuple[Any, str]]
"""Settings of a section, each with the reason for its value."""


def fill_open(
    spec: ExperimentSpec,
    section: str,
    found: Mapping[str, tuple[Any, str]],
    reasons: dict[str, str],
) -> ExperimentSpec:
    """Return the spec with those of a section's settings put in that are still open.

    Args:
        found: what suits, and why. ``reasons``: are added to, by ``"section.key"``.
    """
    given = getattr(spec, section)
    chosen = {key: value for key, (value, _) in found.items() if getattr(given, key) is None}
    reasons |= {f"{section}.{key}": found[key][1] for key in chosen}
    return spec.update(section, chosen)
