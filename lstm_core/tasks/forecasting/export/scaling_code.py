"""What is fitted to the training part: floors, limits of outliers, powers, scales."""

from __future__ import annotations

from lstm_core.export.code import Code, write_call, write_function
from lstm_core.export.source import read_constant
from lstm_core.tasks.forecasting.export.story import Story
from lstm_core.tasks.forecasting.framing.categories import list_levels

_LARGEST_LOG: float = read_constant("tasks/forecasting/framing/scaling.py", "_LARGEST_LOG")
_LEAST_SHARE: float = read_constant("tasks/forecasting/framing/scaling.py", "_LEAST_SHARE")


def write_power(story: Story) -> str:
    if story.spec.task.transform == "log":
        power = ["        power[column] = 0.0"]
    else:
        season = story.spec.task.season or 1
        power = [
            f"        slope = measure_spread_growth(known, {season})",
            "        power[column] = 1.0 - np.clip(1.0 if slope is None else slope, 0.0, 1.0)",
        ]
    body = [
        "power = np.ones(training.shape[1])",
        "floor = np.zeros(training.shape[1])",
        f"for column in range({story.num_targets}):",
        "    known = training[seen[:, column], column]",
        "    if len(known) and known.min() > 0:",
        *power,
        f"        floor[column] = {_LEAST_SHARE} * known.min()",
        "return power, floor",
    ]
    told = "Box and Cox's power for each positive target (0: logarithm), and its least value."
    return write_function("fit_power(training, seen)", told, body)


def write_unbend() -> str:
    body = [
        f"grown = np.exp(np.minimum(values, {_LARGEST_LOG}))",
        "inverse = 1.0 / np.where(power == 0, 1.0, power)",
        "raised = np.maximum(power * values + 1.0, 0.0) ** inverse",
        "return np.where(power == 1, values, np.where(power == 0, grown, raised))",
    ]
    return write_function("unbend(values, power)", "Undo the power.", body)


def bend(story: Story, own: str) -> str:
    return f"_raise({own}, power, floor)" if story.transform == "power" else own


def write_bounds(story: Story, own: str, observed: str, *, scales: bool) -> list[str]:
    """Settle floors, limits and powers of ``own`` by its training part, where a run does.

    Args:
        scales: ``training`` is wanted afterwards, to measure a scale of.
    """
    lines = []
    rows = "train_rows[0] : train_rows[1]"
    has_power = story.transform == "power"
    if has_power or scales or story.has_floor or story.limits_outliers:
        lines.append(f"training = {own}[{rows}]")
    if story.has_gaps and lines:
        lines += [
            "seen = np.ones(training.shape, bool)",
            f"seen[:, :{story.num_targets}] = {observed}[{rows}]",
        ]
    seen = "seen" if story.has_gaps else "np.ones(training.shape, bool)"
    if story.has_floor:
        lines += _write_floor(story, seen)
    if story.limits_outliers:
        given = [Code("training"), Code(seen), story.spec.task.outliers, _count_limited(story)]
        lines += [
            "# Outliers are drawn in where the network reads and learns.",
            f"low, high, jump = {write_call('fit_limits', *given)}",
            "training = limit_outliers(training, low, high, jump)",
            f"limited = limit_outliers({own}, low, high, jump)",
        ]
    if has_power:
        lines.append(f"power, floor = fit_power(training, {seen})")
    return lines


def _count_limited(story: Story) -> int:
    return story.num_targets if story.comes_trained else len(story.names.columns) - story.num_known


def write_scale(story: Story, own: str, observed: str) -> list[str]:
    """Fit the scale of ``own`` to its training part."""
    kind = story.spec.task.scaling
    count = len(story.names.columns)
    lines = write_bounds(story, own, observed, scales=kind != "none")
    if story.transform == "power":
        lines.append("training = _raise(training, power, floor)")
    if kind == "none":
        return [*lines, f"offset, scale = np.zeros({count}), np.ones({count})"]
    nan = ""
    if story.has_gaps:
        lines.append("training = np.where(seen, training, np.nan)")
        nan = "nan"
    if kind == "standard":
        lines += [
            f"offset = np.{nan}mean(training, axis=0)",
            f"scale = np.{nan}std(training, axis=0)",
        ]
    else:
        lines += [
            f"offset = np.{nan}min(training, axis=0)",
            f"scale = np.{nan}max(training, axis=0) - offset",
        ]
    lines.append(f"scale = settle_scale(offset, scale, {story.num_targets})")
    levels = list_levels(story.dataset.roles, story.spec)
    if levels:
        lines.append(f"offset, scale = keep_levels(training, offset, scale, {levels})")
    return lines


def _write_floor(story: Story, seen: str) -> list[str]:
    """Settle what no prediction lies below."""
    kind, count = story.spec.task.floor, story.num_targets
    if kind == "counts":
        return [
            "# What counts something is never below zero.",
            f"lowest = find_lowest(training, {seen}, {count})",
        ]
    heading = "# Nothing is predicted below zero."
    if kind is None:
        heading = "# What can't be negative is never predicted below zero."
    given = write_call("settle_lowest", Code("training"), Code(seen), count, kind)
    return [heading, f"lowest = {given}"]
