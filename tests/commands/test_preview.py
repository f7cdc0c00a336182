"""A file is forecast without training, on the command line."""

from __future__ import annotations

from pathlib import Path

import pytest

from lstm_core.tasks.forecasting.pretrained.preview import making
from tests.commands.terminal import Terminal
from tests.tasks.forecasting.pretrained.untrained import make_untrained


@pytest.fixture(autouse=True)
def untrained(monkeypatch: pytest.MonkeyPatch) -> None:
    """Weights by chance do: which they are is not what is asked here."""
    monkeypatch.setattr(making, "load_version", lambda version: make_untrained())
    monkeypatch.setattr(making, "get_latest_version", lambda: "untrained")


@pytest.fixture
def shops(tmp_path: Path) -> Path:
    path = tmp_path / "shops.csv"
    rows = [
        f"2024-{1 + day // 28:02}-{1 + day % 28:02},{shop},{10 + day % 7 + day * day % 5},{day}"
        for shop in ("north", "south")
        for day in range(28)
    ]
    path.write_text("\n".join(["date,shop,sales,visitors", *rows]) + "\n")
    return path


def test_a_table_of_series_is_forecast_as_one_object(terminal: Terminal, shops: Path) -> None:
    answer = terminal(
        "preview", shops, "--target", "sales", "--series", "shop", "--horizon", "3", "--json"
    )
    assert answer.status == 0, answer.stderr
    content = answer.content
    assert content["seconds"] > 0
    rows = content["forecast"]
    assert [(row["series"], row["timestamp"]) for row in rows[2:4]] == [
        ("north", "2024-01-31T00:00:00"),
        ("south", "2024-01-29T00:00:00"),
    ]
    assert len(rows) == 6
    assert all(row["low"] <= row["value"] <= row["high"] for row in rows)
    past = content["past"]
    assert past["cutoffs"] > 0
    assert past["best_rule"] in (
        "last_value",
        "seasonal_naive",
        "seasonal_mean",
        "drift",
        "historic_mean",
    )
    assert 0 <= past["held"] <= 1
    assert content["version"] == "untrained"


def test_it_is_told_in_sentences(terminal: Terminal, shops: Path) -> None:
    answer = terminal("preview", shops, "--target", "sales", "--series", "shop", "--time", "date")
    assert answer.status == 0, answer.stderr
    assert "north: About " in answer.stdout
    assert " on the next day, between " in answer.stdout
    assert "times in the past" in answer.stdout


def test_what_can_not_be_known_is_refused(terminal: Terminal, shops: Path) -> None:
    answer = terminal("preview", shops, "--target", "visitors", "--series", "shop")
    assert answer.status == 2
    assert "counts on by the same amount" in answer.stderr
    answer = terminal("preview", shops, "--target", "sales", "--series", "shop", "--horizon", "999")
    assert answer.status == 2
    assert "steps ahead" in answer.stderr
