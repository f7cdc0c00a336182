"""From what was known at some rows to what the pre-trained networks expect."""

from __future__ import annotations

from collections.abc import Sequence

from lstm_core.export.code import Section, join_definitions, write_function
from lstm_core.export.source import cut_definitions, read_constant
from lstm_core.tasks.forecasting.export.prediction_code import write_tabulating
from lstm_core.tasks.forecasting.export.pretrained.module import WEIGHTS_FILE
from lstm_core.tasks.forecasting.export.pretrained.outlook import Outlook
from lstm_core.tasks.forecasting.export.sources import SOURCES
from lstm_core.tasks.forecasting.export.times_code import write_times_after
from lstm_core.tasks.forecasting.pretrained.weights import load_version

_AT_ONCE: int = read_constant("tasks/forecasting/pretrained/tuning/feed.py", "_AT_ONCE")
_LINES = "tasks/forecasting/pretrained/preview/lines.py"


def write_networks(outlook: Outlook) -> Section:
    """Write ``networks``; each is a few whose answers are averaged."""
    spec = outlook.story.spec
    name = WEIGHTS_FILE.partition(".")[0]
    assert spec.model.pretrained_version is not None
    version = f"version {spec.model.pretrained_version}"
    if not outlook.is_tuned:
        note = f"As it ships: {version}."
    else:
        note = f"It began as {version}; in {WEIGHTS_FILE} are the weights that the run ended with."
    if (spec.training.num_seeds or 1) == 1:
        return Section("The network", note, f'networks = [load_version("{name}")]')
    count = len(load_version(spec.model.pretrained_version).members)
    lines = [
        f'members = load_version("{name}").members',
        "networks = [",
        f"    Pretrained(members[first : first + {count}])",
        f"    for first in range(0, len(members), {count})",
        "]",
    ]
    return Section("The networks", note, "\n".join(lines))


def write_asking(outlook: Outlook, defined: Sequence[Section]) -> Section:
    """Write ``predict`` and ``tabulate``.

    Args:
        defined: what stands before; no definition stands in both.
    """
    story = outlook.story
    functions = [_write_pasts(outlook), _write_ask(), _write_predict(outlook)]
    definitions = cut_definitions("\n\n".join(functions), (*SOURCES, _LINES))
    before = "\n".join(section.code for section in defined)
    blocks = [
        "AHEAD = np.arange(1, HORIZON + 1)",
        *(each for each in definitions if each not in before),
        *functions,
        write_tabulating(story),
        *([] if story.spec.task.exchange else [write_times_after(story.dataset.frequency)]),
    ]
    note = "The median of what is expected, step by step, in the units of the data."
    return Section("Predicting", note, join_definitions(blocks))


def _write_pasts(outlook: Outlook) -> str:
    if outlook.story.has_series:
        firsts = 'starts[np.searchsorted(starts, cutoffs, side="right") - 1]'
        heads = [f"firsts = {firsts}"]
        loop, first = "for first, row in zip(firsts, cutoffs)", "first"
    else:
        heads, loop, first = [], "for row in cutoffs", "0"
    body = [
        "most = count_kept(seasons)",
        *heads,
        "return [",
        f"    known[max({first}, row + 1 - most) : row + 1, place]",
        f"    {loop}",
        "    for place in range(len(TARGETS))",
        "]",
    ]
    told = "What was known at these rows: every target's latest values, row by row."
    return write_function("list_pasts(cutoffs, seasons)", told, body)


def _write_ask() -> str:
    body = [
        "histories = lay_out(list_pasts(cutoffs, seasons), seasons)",
        "said = ask_networks(histories, network)(AHEAD, 0)[..., MEDIAN]",
        "return said.reshape(len(cutoffs), len(TARGETS), HORIZON).transpose(0, 2, 1)",
    ]
    return write_function("ask(network, cutoffs, seasons)", "", body)


def _write_predict(outlook: Outlook) -> str:
    value = "np.median(said, axis=0)"
    if outlook.has_lowest:
        own = "lowests[number_of_row[cutoffs], None]" if outlook.story.has_series else "lowest"
        value = f"np.maximum({value}, {own})"
    body = [
        f"blocks = np.split(cutoffs, range({_AT_ONCE}, len(cutoffs), {_AT_ONCE}))",
        "said = [",
        "    np.concatenate([ask(network, block, seasons) for block in blocks])",
        "    for network in networks",
        "]",
        f"return {value}",
    ]
    return write_function("predict(networks, cutoffs, seasons)", "", body)
