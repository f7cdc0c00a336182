"""Numbers, times and states in words."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Literal

from lstm_core.runs.run import EpochPoint, Run
from lstm_core.runs.status import RunStatus

BadgeColor = Literal["gray", "blue", "green", "red", "orange"]

BADGES: dict[RunStatus, tuple[str, str, BadgeColor]] = {  # (words, icon, colour)
    RunStatus.QUEUED: ("waiting", ":material/schedule:", "gray"),
    RunStatus.RUNNING: ("training", ":material/play_circle:", "blue"),
    RunStatus.COMPLETED: ("done", ":material/check_circle:", "green"),
    RunStatus.FAILED: ("failed", ":material/error:", "red"),
    RunStatus.CANCELLED: ("stopped", ":material/stop_circle:", "gray"),
    RunStatus.INTERRUPTED: ("interrupted", ":material/power_off:", "orange"),
}

BASELINE_TITLES = {
    "last_value": "Last value",
    "seasonal_naive": "Last season",
    "seasonal_mean": "Mean of the last seasons",
    "drift": "Drift",
}


def say_duration(seconds: float) -> str:
    """``"8 s"``, ``"2 min 5 s"``, ``"1 h 20 min"``."""
    whole = round(seconds)
    if whole < 60:
        return f"{whole} s"
    if whole < 3_600:
        return f"{whole // 60} min {whole % 60} s"
    return f"{whole // 3_600} h {whole % 3_600 // 60} min"


def say_age(moment: datetime) -> str:
    """``"just now"``, ``"5 min ago"``, ``"3 days ago"``."""
    seconds = (datetime.now(UTC) - moment).total_seconds()
    for size, unit in ((86_400, "day"), (3_600, "h"), (60, "min")):
        count = int(seconds // size)
        if count:
            plural = "s" if unit == "day" and count > 1 else ""
            return f"{count} {unit}{plural} ago"
    return "just now"


def say_progress(run: Run, seconds_left: float | None) -> str:
    """One line on a run that is not finished."""
    if run.status is RunStatus.QUEUED:
        return "Waiting for a free place; it starts by itself."
    if run.cancel_requested_at is not None:
        return "Stopping…"
    if not run.num_epochs or run.phase != "Training":
        return f"{run.phase or 'Starting'}…"
    parts = [f"Epoch {run.epoch} of at most {run.num_epochs}"]
    if seconds_left is not None:
        parts.append(f"at most {say_duration(seconds_left)} left")
    if run.device:
        parts.append(run.device)
    return " · ".join(parts)


def say_curves(points: Sequence[EpochPoint]) -> str:
    """The learning curves for those who can't see them."""
    if not points:
        return "Learning curves; the first point comes with the first epoch."
    last = points[-1]
    return (
        f"Learning curves over {last.epoch} epochs: the loss is {last.loss:.4f}, the validation "
        f"loss {last.validation_loss:.4f}."
    )
