"""Numbers, times and states in words."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Literal

from lstm_core.ratios import say_difference
from lstm_core.runs.estimate import Place
from lstm_core.runs.snapshots.run import EpochPoint, Run
from lstm_core.runs.snapshots.status import RunStatus
from lstm_core.tasks.registry import find_kind

BadgeColor = Literal["gray", "blue", "green", "red", "orange"]

BADGES: dict[RunStatus, tuple[str, str, BadgeColor]] = {  # (words, icon, colour)
    RunStatus.QUEUED: ("waiting", ":material/schedule:", "gray"),
    RunStatus.RUNNING: ("training", ":material/play_circle:", "blue"),
    RunStatus.COMPLETED: ("done", ":material/check_circle:", "green"),
    RunStatus.FAILED: ("failed", ":material/error:", "red"),
    RunStatus.CANCELLED: ("stopped", ":material/stop_circle:", "gray"),
    RunStatus.INTERRUPTED: ("interrupted", ":material/power_off:", "orange"),
    RunStatus.PRUNED: ("ended early", ":material/content_cut:", "gray"),
}

_STOPPED_EARLY: tuple[str, str, BadgeColor] = (
    "stopped early",
    ":material/stop_circle:",
    "orange",
)


def title_baseline(name: str, run: Run) -> str:
    """Name a baseline as a line of a table or a legend does: ``"Repeating yesterday's value"``."""
    spec = run.resolved_spec or run.spec
    words = find_kind(spec).name_baseline(name, spec)
    return f"{words[:1].upper()}{words[1:]}"


def choose_badge(run: Run) -> tuple[str, str, BadgeColor]:
    """Return words, icon and colour for where a run stands."""
    return _STOPPED_EARLY if run.is_stopped_early else BADGES[run.status]


def say_duration(seconds: float) -> str:
    """``"8 s"``, ``"2 min 5 s"``, ``"1 h 20 min"``."""
    whole = round(seconds)
    if whole < 60:
        return f"{whole} s"
    if whole < 3_600:
        return f"{whole // 60} min {whole % 60} s"
    return f"{whole // 3_600} h {whole % 3_600 // 60} min"


def say_span(shortest: float, longest: float) -> str:
    """``"10 to 40 s"``, ``"1 to 3 min"``, ``"2 h"``: no finer than it is known; in seconds."""
    step, size, unit = 1, 3_600, "h"
    if longest < 90:
        step, size, unit = 5, 1, "s"
    elif longest < 90 * 60:
        step, size, unit = 1, 60, "min"
    low, high = (max(step, step * round(each / size / step)) for each in (shortest, longest))
    return f"{low:,} {unit}" if low == high else f"{low:,} to {high:,} {unit}"


def say_age(moment: datetime) -> str:
    """``"just now"``, ``"5 min ago"``, ``"3 days ago"``."""
    seconds = (datetime.now(UTC) - moment).total_seconds()
    for size, unit in ((86_400, "day"), (3_600, "h"), (60, "min")):
        count = int(seconds // size)
        if count:
            plural = "s" if unit == "day" and count > 1 else ""
            return f"{count} {unit}{plural} ago"
    return "just now"


def say_place(run: Run, place: Place | None) -> str:
    """One line on a run that waits: what for, how many are before it, and how long about."""
    # What it waits for besides its turn stands in its phase: a machine that is full, say.
    is_held_up = run.phase.startswith("Waiting:")
    said = f"{run.phase}." if is_held_up else "Waiting for a free place; it starts by itself."
    if place is None:
        return said
    ahead = place.number - 1
    said += " It is the next one." if not ahead else f" {ahead} before it."
    if place.seconds is None or is_held_up:
        return said
    basis = f", going by the last {place.num_recent} runs" if place.num_recent > 1 else ""
    return f"{said} It begins in about {say_duration(place.seconds)}{basis}."


def say_time_left(least: float | None, most: float, *, is_longer: bool = False) -> str:
    """``"30 s to 2 min 0 s of training left"``; ``is_longer``: than was said before."""
    shortest, longest = None if least is None else say_duration(least), say_duration(most)
    span = f"at most {longest}" if shortest in (None, longest) else f"{shortest} to {longest}"
    return f"{span} of training left{', longer than was said before' if is_longer else ''}"


def say_progress(run: Run, time_left: str = "") -> str:
    """One line on a run that is under way.

    Args:
        time_left: see ``say_time_left``; empty: not known.
    """
    if run.abort_requested_at is not None:
        return "Stopping at once…"
    if run.cancel_requested_at is not None:
        judging = not run.network_num_epochs and run.num_epochs_done
        return f"Stopping: {run.phase[:1].lower()}{run.phase[1:]}…" if judging else "Stopping…"
    if not run.network_num_epochs:
        return f"{run.phase or 'Starting'}…"
    parts = [run.network_title] if run.network_title else []
    parts.append(f"epoch {run.epoch} of at most {run.network_num_epochs}")
    parts[0] = parts[0][:1].upper() + parts[0][1:]
    if time_left:
        parts.append(time_left)
    if run.device:
        parts.append(run.device)
    return " · ".join(parts)


def say_moment(point: EpochPoint) -> str:
    """``"epoch 3"``, ``"seed 2 of 3, epoch 3"``; the title may be hostile."""
    is_alone = point.network_title in ("", "network")
    return f"epoch {point.epoch}" if is_alone else f"{point.network_title}, epoch {point.epoch}"


def say_attempts(num_completed: int, num_finished: int, num_planned: int, *, runs: bool) -> str:
    """``"done"``, ``"2 of 3 done, training"``, ``"2 of 3 done, 1 without a result"``."""
    if num_completed == num_planned:
        return "done"
    parts = [f"{num_completed} of {num_planned} done"]
    if num_finished > num_completed:
        parts.append(f"{num_finished - num_completed} without a result")
    if num_finished < num_planned:
        parts.append("training" if runs else "waiting")
    return ", ".join(parts)


def say_runs_done(num_completed: int, num_finished: int, num_planned: int) -> str:
    """``"3 of 9 runs done"``, ``"3 of 9 runs done, 2 ended without a result"``."""
    done = f"{num_completed} of {num_planned} runs done"
    failed = num_finished - num_completed
    return f"{done}, {failed} ended without a result" if failed else done


def say_curves(points: Sequence[EpochPoint]) -> str:
    """The learning curves for those who can't see them."""
    if not points:
        return "Learning curves; the first point comes with the first epoch."
    last = points[-1]
    num_networks = len({point.network for point in points})
    whose = f" of {num_networks} networks, the latest" if num_networks > 1 else ""
    return (
        f"Learning curves{whose} over {last.epoch} epochs: the loss is {last.loss:.4f}, the "
        f"validation loss {last.validation_loss:.4f}."
    )


def say_skill(skill: float | None) -> str:
    """How the model's error compares with a baseline's; None where that one makes no error."""
    if skill is None:
        return "larger: this one is exact"
    return say_difference(1.0 - skill)


def say_comparison(skill: float | None, p_value: float | None, *, is_win: bool) -> str:
    """Whether a baseline is beaten; arguments as in the task's ``verdict.Comparison``."""
    if not is_win and (skill is None or skill <= 0):
        return "no"
    if p_value is None:
        return "too little to tell"
    chance = "p < 0.001" if p_value < 0.001 else f"p = {p_value:.2g}"
    return f"yes ({chance})" if is_win else f"not for sure ({chance})"
