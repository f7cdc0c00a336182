"""From trained networks to predictions of the test part and beyond, in the data's own units."""

from __future__ import annotations

import numpy as np

from lstm_core.export.code import Section, join_definitions, write_function
from lstm_core.export.source import read_constant
from lstm_core.tasks.forecasting.export.story import Story
from lstm_core.tasks.forecasting.export.times_code import write_times_after
from lstm_core.tasks.forecasting.framing.whole import find_whole_targets

_BLOCK_SIZE: int = read_constant("learning/feeds/ordered_table.py", "PREDICT_BATCH_SIZE")


def write_predicting(story: Story) -> Section:
    """Write ``predict``, ``restore`` and ``tabulate``."""
    blocks = [
        *_write_predict(story),
        _write_restore(story),
        write_tabulating(story),
        *([] if story.spec.task.exchange else [write_times_after(story.dataset.frequency)]),
    ]
    note = "The median of the networks, step by step, in the units of the data."
    return Section("Predicting", note, join_definitions(blocks))


def write_testing(story: Story) -> Section:
    return Section(
        "The test part",
        "No network has seen anything of it.",
        "tables.append(tabulate(predict(networks, test), test))",
    )


def write_saving(story: Story, predicted: str = "predict(networks, last)") -> Section:
    """Write the tables.

    Args:
        predicted: what is predicted from the last rows.
    """
    series = "series_of_row[row]" if story.has_series else "target"
    # With an exchange, the file goes on with its trading days.
    has_days = bool(story.spec.task.exchange)
    after = "times[row + AHEAD]" if has_days else "list_times_after(times[row])"
    body = [
        "rows = [",
        "    pd.DataFrame(",
        "        {",
        f'            "series": {series},',
        '            "target": target,',
        '            "step": AHEAD,',
        f'            "timestamp": {after},',
        '            "prediction": point[number, :, place],',
        "        }",
        "    )",
        "    for number, row in enumerate(last)",
        "    for place, target in enumerate(TARGETS)",
        "]",
    ]
    code = [
        'pd.concat(tables).to_csv("predictions.csv", index=False)',
        "",
        f"point = {predicted}",
        *_write_rounding(story),
        *body,
        "forecast = pd.concat(rows)",
        'forecast.to_csv("forecast.csv", index=False)',
        "print(forecast.to_string(index=False))",
    ]
    note = "What was predicted of the test part, and what lies beyond the last row."
    return Section("Results", note, "\n".join(code))


def _write_rounding(story: Story) -> list[str]:
    whole = find_whole_targets(story.dataset, story.spec)
    if not whole.any():
        return []
    which = "" if whole.all() else f"[:, :, {np.flatnonzero(whole).tolist()}]"
    told = "# Only whole numbers occur, and are forecast."
    return [told, f"point{which} = point{which}.round()"]


def _write_predict(story: Story) -> list[str]:
    blocks = [f"blocks = np.split(cutoffs, range({_BLOCK_SIZE}, len(cutoffs), {_BLOCK_SIZE}))"]
    functions = []
    if story.is_recursive:
        functions.append(_write_feeding_back(story))
        call = "predict_block(network, block)"
    else:
        point = "[..., 0]" if story.frame.has_ranges else ""
        call = f"network.predict_on_batch(gather_inputs(block)){point}"
    body = [
        *blocks,
        "said = [",
        f"    np.concatenate([{call} for block in blocks])",
        "    for network in networks",
        "]",
        "return restore(np.median(said, axis=0), cutoffs)",
    ]
    return [*functions, write_function("predict(networks, cutoffs)", "", body)]


def _write_feeding_back(story: Story) -> str:
    count, known = story.num_targets, story.num_future
    inputs = {
        "past": "window",
        "future": "known[:, None]",
        "series": "number_of_row[cutoffs]",
    }
    names = story.frame.inputs
    given = "window"
    if len(names) > 1:
        given = "{" + ", ".join(f'"{name}": {inputs[name]}' for name in names) + "}"
    body = [
        "window = scaled[cutoffs[:, None] + BACK]",
        "said = []",
        "for step in AHEAD:",
        *([f"    known = scaled[cutoffs + step, -{known}:]"] if known else []),
        f"    point = network.predict_on_batch({given})[:, 0]",
        "    row = window[:, -1].copy()",
        f"    row[:, :{count}] = point",
        *([f"    row[:, -{known}:] = known"] if known else []),
        "    window = np.concatenate([window[:, 1:], row[:, None]], axis=1)",
        "    said.append(point)",
        "return np.stack(said, axis=1)",
    ]
    told = "One step at a time: each prediction is fed back as if it had been observed."
    return write_function("predict_block(network, cutoffs)", told, body)


def _write_restore(story: Story) -> str:
    count = story.num_targets
    lines = ["value = scaled_point.astype(float)"]
    if story.has_series:
        lines.insert(0, "number = number_of_row[cutoffs]")
        scale, offset, power, lowest = (
            f"{name}s[number, None, :{count}]" for name in ("scale", "offset", "power", "lowest")
        )
    else:
        scale, offset, power, lowest = (
            f"{name}[:{count}]" for name in ("scale", "offset", "power", "lowest")
        )
    lines.append(f"value = value * {scale} + {offset}")
    returned = {"none": "value", "log": "np.exp(value)", "power": f"unbend(value, {power})"}
    restored = returned[story.transform]
    lines.append(
        f"return np.maximum({restored}, {lowest})" if story.has_floor else f"return {restored}"
    )
    told = "Undo the scaling."
    return write_function("restore(scaled_point, cutoffs)", told, lines)


def write_tabulating(story: Story) -> str:
    """Write ``tabulate``."""
    series = "np.repeat(series_of_row[cutoffs], HORIZON)" if story.has_series else "target"
    body = [
        "rows = cutoffs[:, None] + AHEAD",
        "tables = [",
        "    pd.DataFrame(",
        "        {",
        f'            "series": {series},',
        '            "target": target,',
        '            "cutoff": np.repeat(times[cutoffs], HORIZON),',
        '            "step": np.tile(AHEAD, len(cutoffs)),',
        '            "timestamp": times[rows].ravel(),',
        '            "prediction": point[:, :, place].ravel(),',
        "        }",
        "    )",
        "    for place, target in enumerate(TARGETS)",
        "]",
        "return pd.concat(tables)",
    ]
    return write_function("tabulate(point, cutoffs)", "", body)
