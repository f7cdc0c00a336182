from __future__ import annotations

import pytest

from lstm_core.learning import pace


@pytest.fixture
def batch_by_batch(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let Python be come back to before each batch, as it is where one takes long."""
    monkeypatch.setattr(pace, "LOOK_SECONDS", 0.0)
