"""The axis of learning curves ends where a run may end, and once it is over where it did."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest

from lstm_core.runs.snapshots.run import EpochPoint
from pages._ui.run import live_panel
from pages._ui.run.watching import Look

POINTS = [
    SimpleNamespace(network=1, network_title="", epoch=epoch, loss=1.0, validation_loss=1.0)
    for epoch in range(1, 15)
]


@pytest.mark.parametrize(("is_finished", "end"), [(False, 100), (True, 14)])
def test_the_axis_ends(monkeypatch: pytest.MonkeyPatch, is_finished: bool, end: int) -> None:
    drawn: list[dict[str, Any]] = []
    monkeypatch.setattr(
        live_panel.st, "vega_lite_chart", lambda rows, spec, **options: drawn.append(spec)
    )
    run: Any = SimpleNamespace(num_epochs=100, num_networks=1, is_finished=is_finished)
    points: list[EpochPoint] = POINTS  # type: ignore[assignment]
    live_panel.show_curves(Look(run, points))
    assert drawn[0]["encoding"]["x"]["scale"]["domain"] == [1, end]
