"""Reading the table, gathering windows from it, cutting it into parts and scaling it."""

from __future__ import annotations

from lstm_core.export.code import (
    Code,
    Section,
    indent,
    join_definitions,
    write_call,
    write_function,
    write_list,
    write_literal,
)
from lstm_core.export.source import cut_definitions, read_constant
from lstm_core.learning.feeds.windows import TAUGHT
from lstm_core.tasks.forecasting.export.data_file import DATA_FILE
from lstm_core.tasks.forecasting.export.sources import SOURCES
from lstm_core.tasks.forecasting.export.story import Story
from lstm_core.tasks.forecasting.framing.categories import list_levels
from lstm_core.tasks.forecasting.framing.cutting import DEFAULT_TEST_FRACTION, Cuts, cut_series
from lstm_core.tasks.forecasting.framing.static import find_static_scales

_LARGEST_LOG: float = read_constant("tasks/forecasting/framing/scaling.py", "_LARGEST_LOG")
_LEAST_SHARE: float = read_constant("tasks/forecasting/framing/scaling.py", "_LEAST_SHARE")


def write_reading(story: Story) -> Section:
    names, roles = story.names, story.dataset.roles
    count = len(names.columns)
    first_past, first_future = story.num_targets, count - story.num_known
    groups = {
        "TARGETS": names.columns[:first_past],
        "COVARIATES": names.columns[first_past:first_future],
        "KNOWN_AHEAD": names.columns[first_future:],
        "OBSERVED": names.observed,
    }
    groups = {name: columns for name, columns in groups.items() if columns}
    assert len(roles.columns) == count
    options: dict[str, object] = {}
    if names.series is not None:
        # A series may be called NA, or 007.
        options |= {
            "dtype": Code("{" + f'{write_literal(names.series)}: "str"' + "}"),
            "keep_default_na": False,
            "na_values": [Code('""')],
        }
    columns = " + ".join(name for name in groups if name != "OBSERVED")
    lines = [
        f"table = {write_call('pd.read_csv', DATA_FILE, **options)}",
        f"times = table[{write_literal(names.time)}].to_numpy()",
        f"values = table[{columns}].to_numpy(float, copy=True)",
    ]
    if story.spec.task.calendar:
        cycles = ", ".join(map(write_literal, story.spec.task.calendar))
        lines.append(f"calendar = encode_times(pd.DatetimeIndex(times), [{cycles}])")
    if story.transform == "log":
        lines.append(f"values[:, :{first_past}] = np.log(values[:, :{first_past}])")
    if story.has_rows_ahead:
        lines += [
            "# Rows behind the last target hold what is known ahead of time alone.",
            "is_past = table[TARGETS].notna().all(axis=1).to_numpy()",
        ]
    if story.has_gaps:
        lines += [
            "# Filled values are read by the network, but count in no loss.",
            "observed = table[OBSERVED].to_numpy(float) == 1",
        ]
    if names.series is not None:
        lines += [
            f"series_of_row = table[{write_literal(names.series)}].to_numpy()",
            "starts = np.flatnonzero(np.append(True, series_of_row[1:] != series_of_row[:-1]))",
        ]
    lists = [write_list(name, map(write_literal, columns)) for name, columns in groups.items()]
    note = "The cleaned table: regular rows without holes, as the run saw them."
    code = "\n".join(lists + lines)
    if story.spec.task.calendar:
        code = join_definitions([*cut_definitions("encode_times", SOURCES), code])
    return Section("The data", note, code)


def write_gathering(story: Story) -> Section:
    frame, count = story.frame, story.num_targets
    ahead = "AHEAD[:1]" if story.is_recursive else "AHEAD"
    pieces = {
        "past": "scaled[rows + BACK]",
        "future": f"scaled[rows + {ahead}][..., -{story.num_future}:]",
        "series": "number_of_row[cutoffs]",
    }
    inputs = [name for name in frame.inputs if name != TAUGHT]
    body = ["rows = cutoffs[:, None]"]
    head = "gather_inputs(cutoffs)"
    if frame.inputs == ["past"]:
        body.append(f"return {pieces['past']}")
    else:
        body += ["inputs = {", *(f'    "{name}": {pieces[name]},' for name in inputs), "}"]
    if frame.is_taught:
        head = "gather_inputs(cutoffs, in_training=False)"
        body += [
            "if in_training:",
            f'    inputs["taught"] = scaled[rows + AHEAD][..., :{count}]',
            "else:  # nothing ahead is told",
            f'    inputs["taught"] = np.zeros((len(cutoffs), HORIZON, {count}), "float32")',
        ]
    if len(frame.inputs) > 1:
        body.append("return inputs")
    functions = [write_function(head, "The windows that end at these rows.", body)]
    actual = f"scaled[rows + {ahead}][..., :{count}]"
    if story.has_gaps:
        actual = f"np.where(observed[rows + {ahead}], {actual}, np.nan)"
    body = ["rows = cutoffs[:, None]", f"return {actual}"]
    told = "What came after these rows" + ("; filled values are NaN." if story.has_gaps else ".")
    functions.append(write_function("gather_actual(cutoffs)", told, body))
    constants = "BACK = np.arange(1 - LOOKBACK, 1)\nAHEAD = np.arange(1, HORIZON + 1)"
    note = "A window is told by its cutoff: the last row that is known when it is predicted."
    return Section("Windows", note, join_definitions([constants, *functions]))


def write_preparing(story: Story) -> tuple[list[Section], Section]:
    """Return what has to be defined first, and the section that cuts and scales.

    The second gives ``scaled``, the cutoffs ``train``, ``validation`` and ``test``, and ``last``,
    the last row of each series.
    """
    lines = _prepare_several(story) if story.has_series else _prepare_one(story)
    functions = _write_functions(story)
    functions = [*cut_definitions("\n".join([*functions, *lines]), SOURCES), *functions]
    defined = []
    if functions:
        note = "What is fitted sees the training part alone."
        defined.append(Section("Parts and scales", note, join_definitions(functions)))
    note = "Training, validation and test part, in order of time; the scale of the first for all."
    return defined, Section("Preparing", note, "\n".join(lines))


def _prepare_one(story: Story) -> list[str]:
    lines = [] if story.num_folds else [_write_parts(_cut_only(story, None))]
    rows = "is_past.sum()" if story.has_rows_ahead else "len(values)"
    own = "limited" if story.limits_outliers else "values"
    return [
        *lines,
        *_write_scale(story, "values", "observed"),
        f'scaled = (({_bend(story, own)} - offset) / scale).astype("float32")',
        *_write_joining(story),
        f"num_rows = {rows}",
        *_write_cutoffs(story, "observed"),
        "last = np.array([num_rows - 1])",
    ]


def _prepare_several(story: Story) -> list[str]:
    kept = ["offset", "scale"] + (["power"] if story.transform == "power" else [])
    kept += ["lowest"] if story.has_floor else []
    lists = [*(f"{name}s" for name in kept), "trains", "validations", "tests", "last"]
    rows = "is_past[first:stop].sum()" if story.has_rows_ahead else "stop - first"
    fold = ", fold" if story.num_folds else ""
    limited = "limited" if story.limits_outliers else "own"
    shared = [
        f"offset[{number}], scale[{number}] = {offset!r}, {scale!r}  # across the series"
        for number, (offset, scale) in find_static_scales(story.dataset, story.spec).items()
    ]
    own = [
        f"num_rows = {rows}",
        f"parts = cut_series(num_rows{fold})",
        "if parts is None:  # too short",
        "    continue",
        "train_rows, validation_rows, test_rows = parts",
        "own = values[first:stop]",
        *(["own_observed = observed[first:stop]"] if story.has_gaps else []),
        *_write_scale(story, "own", "own_observed"),
        *shared,
        f"scaled[first:stop] = ({_bend(story, limited)} - offset) / scale",
        "number_of_row[first:stop] = len(offsets)",
        *_write_cutoffs(story, "own_observed"),
        "trains.append(first + train)",
        "validations.append(first + validation)",
        "tests.append(first + test)",
        "last.append(first + num_rows - 1)",
        *(f"{name}s.append({name})" for name in kept),
    ]
    return [
        'scaled = np.zeros(values.shape, "float32")',
        'number_of_row = np.zeros(len(values), "int32")',
        f"{', '.join(lists)} = {', '.join(['[]'] * len(lists))}",
        "for first, stop in zip(starts, np.append(starts[1:], len(values))):",
        indent(own),
        *_write_joining(story),
        *(f"{name}s = np.array({name}s)" for name in kept),
        "train, validation = np.concatenate(trains), np.concatenate(validations)",
        "test, last = np.concatenate(tests), np.array(last)",
    ]


def _write_joining(story: Story) -> list[str]:
    if not story.spec.task.calendar:
        return []
    return ["scaled = np.append(scaled, calendar, axis=1)"]


def _cut_only(story: Story, fold: int | None) -> Cuts:
    return cut_series(story.dataset.num_rows, story.spec, fold)


def _write_parts(cuts: Cuts) -> str:
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
    folds = [f"    ({_pair_up(_cut_only(story, fold))})," for fold in range(story.num_folds)]
    return "\n".join(
        ["FOLDS = [", *folds, "]", "for train_rows, validation_rows, test_rows in FOLDS:"]
    )


def _write_functions(story: Story) -> list[str]:
    functions = []
    if story.has_series:
        functions.append(_write_cutting(story))
    if story.transform == "power":
        functions += [_write_power(story), _write_unbend()]
    return functions


def _write_cutting(story: Story) -> str:
    task = story.spec.task
    gap = f" - {task.gap}" if task.gap else ""
    body = [
        f"test = max(num_rows * {task.test_fraction or DEFAULT_TEST_FRACTION!r}, HORIZON)",
        f"validation = max(num_rows * {task.validation_fraction!r}, HORIZON)",
        "test_start = num_rows - int(test + 0.5)",
        f"validation_start = num_rows - int(test + validation + 0.5){gap}",
        f"train_end = validation_start{gap}",
        f"validation_end = test_start{gap}",
        "if train_end < LOOKBACK + HORIZON:",
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


def _write_power(story: Story) -> str:
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


def _write_unbend() -> str:
    body = [
        f"grown = np.exp(np.minimum(values, {_LARGEST_LOG}))",
        "inverse = 1.0 / np.where(power == 0, 1.0, power)",
        "raised = np.maximum(power * values + 1.0, 0.0) ** inverse",
        "return np.where(power == 1, values, np.where(power == 0, grown, raised))",
    ]
    return write_function("unbend(values, power)", "Undo the power.", body)


def _bend(story: Story, own: str) -> str:
    return f"_raise({own}, power, floor)" if story.transform == "power" else own


def _write_scale(story: Story, own: str, observed: str) -> list[str]:
    """Fit the scale of ``own`` to its training part."""
    kind = story.spec.task.scaling
    count = len(story.names.columns)
    lines = []
    rows = "train_rows[0] : train_rows[1]"
    has_power = story.transform == "power"
    if has_power or kind != "none" or story.has_floor or story.limits_outliers:
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
        num_limited = len(story.names.columns) - story.num_known
        given = [Code("training"), Code(seen), story.spec.task.outliers, num_limited]
        lines += [
            "# Outliers are drawn in where the network reads and learns.",
            f"low, high, jump = {write_call('fit_limits', *given)}",
            "training = limit_outliers(training, low, high, jump)",
            f"limited = limit_outliers({own}, low, high, jump)",
        ]
    if has_power:
        lines += [
            f"power, floor = fit_power(training, {seen})",
            "training = _raise(training, power, floor)",
        ]
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


def _write_cutoffs(story: Story, observed: str) -> list[str]:
    stride = story.spec.task.stride or 1
    step = f", {stride}" if stride != 1 else ""
    lines = [
        "train = np.arange(train_rows[0] + LOOKBACK - 1, train_rows[1] - HORIZON)",
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
            "earliest = train_rows[0] + LOOKBACK - 1",
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
