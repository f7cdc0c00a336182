"""What was known of each series, and the rows that its test part is predicted from."""

from __future__ import annotations

from lstm_core.export.code import Section, indent, join_definitions
from lstm_core.export.source import cut_definitions
from lstm_core.tasks.forecasting.export.cutting_code import cut_only, write_cutting, write_parts
from lstm_core.tasks.forecasting.export.pretrained.outlook import Outlook
from lstm_core.tasks.forecasting.export.scaling_code import write_bounds, write_power
from lstm_core.tasks.forecasting.export.sources import SOURCES


def write_preparing(outlook: Outlook) -> tuple[list[Section], Section]:
    """Return what has to be defined first, and the section that cuts.

    The second gives ``known``, the targets as they are read, NaN where nothing was; the cutoffs
    ``test``; and ``last``, the last row of each series.
    """
    story = outlook.story
    lines = _prepare_several(outlook) if story.has_series else _prepare_one(outlook)
    functions = [
        *([write_cutting(story)] if story.has_series else []),
        *([write_power(story)] if story.transform == "power" else []),
    ]
    functions = [*cut_definitions("\n".join([*functions, *lines]), SOURCES), *functions]
    defined = []
    if functions:
        note = "What is fitted sees the training part alone."
        defined.append(Section("Parts and bounds", note, join_definitions(functions)))
    note = "The test part comes last; nothing of it is known where it is predicted."
    return defined, Section("Preparing", note, "\n".join(lines))


def _prepare_one(outlook: Outlook) -> list[str]:
    story = outlook.story
    rows = "is_past.sum()" if story.has_rows_ahead else "len(values)"
    return [
        *([] if outlook.repeats else [write_parts(cut_only(story, outlook.fold))]),
        *_write_bounds(outlook, "values", "observed"),
        f"known = {_write_known(outlook, 'values', 'observed')}",
        f"num_rows = {rows}",
        *_write_cutoffs(outlook, "observed"),
        "last = np.array([num_rows - 1])",
    ]


def _prepare_several(outlook: Outlook) -> list[str]:
    story = outlook.story
    lists = ["tests", "last", *(["lowests"] if outlook.has_lowest else [])]
    rows = "is_past[first:stop].sum()" if story.has_rows_ahead else "stop - first"
    given = "num_rows"
    if story.num_folds is not None:
        given += ", fold" if outlook.repeats else f", {outlook.fold}"
    own = [
        f"num_rows = {rows}",
        f"parts = cut_series({given})",
        "if parts is None:  # too short",
        "    continue",
        "train_rows, _, test_rows = parts",
        "own = values[first:stop]",
        *(["own_observed = observed[first:stop]"] if story.has_gaps else []),
        *_write_bounds(outlook, "own", "own_observed"),
        f"known[first:stop] = {_write_known(outlook, 'own', 'own_observed')}",
        "number_of_row[first:stop] = len(last)",
        *_write_cutoffs(outlook, "own_observed"),
        "tests.append(first + test)",
        "last.append(first + num_rows - 1)",
        *(["lowests.append(lowest)"] if outlook.has_lowest else []),
    ]
    return [
        "known = np.full(values.shape, np.nan)",
        'number_of_row = np.zeros(len(values), "int32")',
        f"{', '.join(lists)} = {', '.join(['[]'] * len(lists))}",
        "for first, stop in zip(starts, np.append(starts[1:], len(values))):",
        indent(own),
        *(["lowests = np.array(lowests)"] if outlook.has_lowest else []),
        "test, last = np.concatenate(tests), np.array(last)",
    ]


def _write_bounds(outlook: Outlook, own: str, observed: str) -> list[str]:
    story = outlook.story
    lines = write_bounds(story, own, observed, scales=False)
    if story.transform == "power":
        floor = "np.where(power == 1, -np.inf, floor)"
        lines += [
            "# What has a logarithm or a root is never predicted at zero.",
            f"lowest = {f'np.maximum(lowest, {floor})' if story.has_floor else floor}",
        ]
    return lines


def _write_known(outlook: Outlook, own: str, observed: str) -> str:
    read = "limited" if outlook.story.limits_outliers else own
    return f"np.where({observed}, {read}, np.nan)" if outlook.story.has_gaps else read


def _write_cutoffs(outlook: Outlook, observed: str) -> list[str]:
    story = outlook.story
    stride = story.spec.task.stride or 1
    step = f", {stride}" if stride != 1 else ""
    lines = [
        "test_end = min(test_rows[1] - 1, num_rows - HORIZON)",
        f"test = np.arange(test_rows[0] - 1, test_end{step})",
    ]
    if story.has_gaps:
        lines += [
            "# No cutoff stands in a gap, nor before one that is as long as the horizon: it steps",
            "# back to the last row before the gap.",
            f"is_known = {observed}.all(axis=1)",
            f"num_before = np.append(0, np.cumsum({observed}.any(axis=1)))",
            "test = step_back(test, is_known, num_before, train_rows[0] + LOOKBACK - 1)",
            "test = test[is_known[test] & (num_before[test + 1 + HORIZON] > num_before[test + 1])]",
        ]
    return lines
