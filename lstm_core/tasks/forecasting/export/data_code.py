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
from lstm_core.export.source import cut_definitions
from lstm_core.learning.feeds.windows import EARLIER, TAUGHT
from lstm_core.tasks.forecasting.export.cutting_code import (
    cut_only,
    write_cutoffs,
    write_cutting,
    write_parts,
)
from lstm_core.tasks.forecasting.export.data_file import DATA_FILE
from lstm_core.tasks.forecasting.export.scaling_code import (
    bend,
    write_power,
    write_scale,
    write_unbend,
)
from lstm_core.tasks.forecasting.export.sources import SOURCES
from lstm_core.tasks.forecasting.export.story import Story
from lstm_core.tasks.forecasting.framing.static import find_static_scales


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
    is_read = {"TARGETS", "OBSERVED"} if story.comes_trained else groups.keys()
    groups = {name: columns for name, columns in groups.items() if columns and name in is_read}
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
    has_calendar = story.spec.task.cycles and not story.comes_trained
    if has_calendar:
        cycles = ", ".join(map(write_literal, story.spec.task.cycles))
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
    if has_calendar:
        code = join_definitions([*cut_definitions("encode_times", SOURCES), code])
    return Section("The data", note, code)


def write_gathering(story: Story) -> Section:
    frame, count = story.frame, story.num_targets
    ahead = "AHEAD[:1]" if story.is_recursive else "AHEAD"
    pieces = {
        "past": "scaled[rows + BACK]",
        "future": f"scaled[rows + {ahead}][..., -{story.num_future}:]",
        EARLIER: "join_earlier(seasons[rows + AHEAD], seasons[rows])",
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
    functions = cut_definitions("join_earlier", SOURCES) if story.tells_earlier else []
    functions.append(write_function(head, "The windows that end at these rows.", body))
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
    lines = [] if story.num_folds else [write_parts(cut_only(story, None))]
    rows = "is_past.sum()" if story.has_rows_ahead else "len(values)"
    own = "limited" if story.limits_outliers else "values"
    return [
        *lines,
        *write_scale(story, "values", "observed"),
        f'scaled = (({bend(story, own)} - offset) / scale).astype("float32")',
        *_write_recalling(story),
        *_write_joining(story),
        f"num_rows = {rows}",
        *write_cutoffs(story, "observed"),
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
        *write_scale(story, "own", "own_observed"),
        *shared,
        f"scaled[first:stop] = ({bend(story, limited)} - offset) / scale",
        *_write_recalling(story, "[first:stop]"),
        "number_of_row[first:stop] = len(offsets)",
        *write_cutoffs(story, "own_observed"),
        "trains.append(first + train)",
        "validations.append(first + validation)",
        "tests.append(first + test)",
        "last.append(first + num_rows - 1)",
        *(f"{name}s.append({name})" for name in kept),
    ]
    return [
        'scaled = np.zeros(values.shape, "float32")',
        *_write_room_for_earlier(story),
        'number_of_row = np.zeros(len(values), "int32")',
        f"{', '.join(lists)} = {', '.join(['[]'] * len(lists))}",
        "for first, stop in zip(starts, np.append(starts[1:], len(values))):",
        indent(own),
        *_write_joining(story),
        *(f"{name}s = np.array({name}s)" for name in kept),
        "train, validation = np.concatenate(trains), np.concatenate(validations)",
        "test, last = np.concatenate(tests), np.array(last)",
    ]


def _write_room_for_earlier(story: Story) -> list[str]:
    if not story.tells_earlier:
        return []
    return [f'seasons = np.zeros((len(values), {3 * story.num_targets}), "float32")']


def _write_recalling(story: Story, rows: str = "") -> list[str]:
    """Write what earlier seasons say of the same time: a row is told nothing that is newer."""
    if not story.tells_earlier:
        return []
    own = f"scaled{rows}[:, :{story.num_targets}]"
    return [f"seasons{rows} = tell_seasons({own}, {story.spec.task.season_back})"]


def _write_joining(story: Story) -> list[str]:
    if not story.spec.task.cycles:
        return []
    return ["scaled = np.append(scaled, calendar, axis=1)"]


def _write_functions(story: Story) -> list[str]:
    functions = []
    if story.has_series:
        functions.append(write_cutting(story))
    if story.transform == "power":
        functions += [write_power(story), write_unbend()]
    return functions
