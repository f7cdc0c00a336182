"""Cutting rows into parts, fold by fold or once, and the cutoffs that lie in each."""

from __future__ import annotations

from lstm_core.export.code import write_function
from lstm_core.tasks.forecasting.export.story import Story
from lstm_core.tasks.forecasting.framing.cutting import (
    DEFAULT_TEST_FRACTION,
    Cuts,
    count_rows_behind,
    cut_series,
)


def cut_only(story: Story, fold: int | None) -> Cuts:
    return cut_series(story.dataset.num_rows, story.spec, fold)


def write_parts(cuts: Cuts) -> str:
    return f"train_rows, validation_rows, test_rows = {_pair_up(cuts)}"


def _pair_up(cuts: Cuts) -> str:
    return (
        f"({cuts.train_start}, {cuts.train_end}), ({cuts.validation_start}, "
        f"{cuts.validation_end}), ({cuts.test_start}, {cuts.test_end})"
    )


def write_fold_loop(story: Story) -> str:
    """Return the head of the loop over folds; each part is told by its first row and its end."""
    assert story.num_folds is not None
    if story.has_series:
        return f"for fold in range({story.num_folds}):"
    folds = [f"    ({_pair_up(cut_only(story, fold))})," for fold in range(story.num_folds)]
    return "\n".join(
        ["FOLDS = [", *folds, "]", "for train_rows, validation_rows, test_rows in FOLDS:"]
    )


def write_cutting(story: Story) -> str:
    task = story.spec.task
    gap = f" - {task.gap}" if task.gap else ""
    body = [
        f"test = max(num_rows * {task.test_fraction or DEFAULT_TEST_FRACTION!r}, HORIZON)",
        f"validation = max(num_rows * {task.validation_fraction!r}, HORIZON)",
        "test_start = num_rows - int(test + 0.5)",
        f"validation_start = num_rows - int(test + validation + 0.5){gap}",
        f"train_end = validation_start{gap}",
        f"validation_end = test_start{gap}",
        f"if train_end < {_say_rows_behind(story)} + HORIZON:",
        "    return None",
    ]
    if story.num_folds is None:
        body.append(
            "return (0, train_end), (validation_start, validation_end), (test_start, num_rows)"
        )
        head = "cut_series(num_rows)"
    else:
        first = "shift" if task.window == "sliding" else "0"
        body += [
            "length = num_rows - test_start",
            f"shift = length * fold // {story.num_folds}",
            f"end = test_start + length * (fold + 1) // {story.num_folds}",
            "return (",
            f"    ({first}, train_end + shift),",
            "    (validation_start + shift, validation_end + shift),",
            "    (test_start + shift, end),",
            ")",
        ]
        head = "cut_series(num_rows, fold)"
    told = "First row and end of the training, validation and test part; None: too short."
    return write_function(head, told, body)


def _say_rows_behind(story: Story) -> str:
    """Say how many rows there are up to the first cutoff: a window, or a whole season before."""
    lookback, _ = story.spec.task.sizes
    behind = count_rows_behind(story.spec)
    return "LOOKBACK" if behind == lookback else str(behind)


def write_cutoffs(story: Story, observed: str) -> list[str]:
    stride = story.spec.task.stride or 1
    step = f", {stride}" if stride != 1 else ""
    first, behind = "train_rows[0] + LOOKBACK", _say_rows_behind(story)
    if behind != "LOOKBACK":
        first = f"max({first}, {behind})"
    lines = [
        f"train = np.arange({first} - 1, train_rows[1] - HORIZON)",
        "validation = np.arange(validation_rows[0] - 1, validation_rows[1] - HORIZON)",
        "test_end = min(test_rows[1] - 1, num_rows - HORIZON)",
        f"test = np.arange(test_rows[0] - 1, test_end{step})",
    ]
    if story.has_gaps:
        lines += [
            "# No cutoff stands in a gap, nor before one that is as long as the horizon: where",
            "# predictions are judged, it steps back to the last row before the gap.",
            f"is_known = {observed}.all(axis=1)",
            f"num_before = np.append(0, np.cumsum({observed}.any(axis=1)))",
            f"earliest = {first} - 1",
            "validation, test = (",
            "    step_back(rows, is_known, num_before, earliest) for rows in (validation, test)",
            ")",
            "train, validation, test = (",
            "    rows[is_known[rows] & (num_before[rows + 1 + HORIZON] > num_before[rows + 1])]",
            "    for rows in (train, validation, test)",
            ")",
        ]
        if story.spec.data.fill == "drop":
            lines += [
                "# No window that reads a gap is learnt from.",
                "train = train[reads_no_gap(train, is_known, LOOKBACK)]",
            ]
    return lines
