"""Reading the items, and making steps of them: what is fitted sees the training part alone."""

from __future__ import annotations

from collections.abc import Iterable

from lstm_core.export.code import (
    Code,
    Section,
    join_definitions,
    write_call,
    write_function,
    write_list,
    write_literal,
)
from lstm_core.export.source import cut_definitions
from lstm_core.export.tables import name_channels
from lstm_core.tasks.classification.export.data_file import (
    DATA_FILE,
    ITEM,
    LABEL,
    TEXT,
)
from lstm_core.tasks.classification.export.sources import SOURCES
from lstm_core.tasks.classification.export.story import Story


def write_reading(story: Story) -> Section:
    """Write what gives ``ids``, ``items``, ``given`` labels by name, ``labels`` by number.

    What is only written again stays as it stands in the file: a spreadsheet does not run it.
    """
    signals = story.items.signals
    if signals is None:
        options = {"dtype": Code("str"), "keep_default_na": False}
        lines = [
            f"table = {write_call('pd.read_csv', DATA_FILE, **options)}",
            f'items = table["{TEXT}"].map(read_text).to_numpy(object)',
        ]
    else:
        columns = [ITEM, LABEL, *story.columns]
        channels = name_channels(signals.channels, columns)
        texts = Code(f"dict.fromkeys({columns!r}, str)".replace("'", '"'))
        lines = [
            write_list("CHANNELS", map(write_literal, channels)),
            f"table = {write_call('pd.read_csv', DATA_FILE, dtype=texts, keep_default_na=False)}",
            f'first = np.flatnonzero(table["{ITEM}"] != table["{ITEM}"].shift())',
            'items = np.split(table[CHANNELS].to_numpy("float32"), first[1:])',
            "table = table.iloc[first]  # a row for each item",
        ]
    lines += [
        f'ids = table["{ITEM}"].to_numpy(object)',
        f'given = table["{LABEL}"].to_numpy(object)',
        "labels = pd.Index(LABELS, dtype=object).get_indexer(given)  # -1: one that is not learnt",
    ]
    note = "Items as the run read them, each with its label and its part."
    code = "\n".join(lines)
    return _define("The data", note, [code], of=code)


def write_steps(story: Story) -> Section:
    """Write ``fit``, of items of the training part, and ``make_steps``, by what it returns."""
    task = story.spec.task
    if story.is_tokens:
        cut = {
            "words": "cut_words(item)",
            "characters": "cut_characters(item)",
            "kmers": f"cut_kmers(item, {task.kmer})",
        }[task.tokens]
        fitted = f"Vocabulary.fit(map(read, items), {task.rarest}, {task.vocabulary})"
        made, told = "fitted.number(read(item))", "A number for each token."
        note = (
            "Tokens are told apart by what occurs in the training part; all others have one "
            "number, and 0 stands behind an item's end."
        )
    else:
        cut = "item"
        fitted = f"Scaler.fit({write_literal(task.scaling)}, list(map(read, items)))"
        made, told = "fitted.scale(read(item))", "Numbers, scaled."
        note = "How numbers are brought to one level and spread."
    blocks = [
        write_function("read(item)", "", [f"return {cut}[:{task.most_steps}]"]),
        write_function("fit(items)", "Of the training part alone.", [f"return {fitted}"]),
        write_function("make_steps(fitted, item)", told, [f"return {made}"]),
    ]
    return _define("Steps", note, blocks, of="\n".join(blocks))


def write_padding(story: Story) -> Section:
    """Write ``pad``, of steps of items, to what the network takes."""
    empty = '(len(some), size), "int32"'
    if not story.is_tokens:
        empty = f'(len(some), size, {story.shape.num_channels}), "float32"'
    body = [
        'lengths = np.array([len(item) for item in some], "int32")',
        "size = find_padded(lengths, PADDED) + more",
        f"padded = np.zeros({empty})",
        "for place, item in enumerate(some):",
        "    padded[place, : len(item)] = item",
        'return {"steps": padded, "lengths": lengths}',
    ]
    padded = f"PADDED = np.array({list(map(int, story.padded))})"
    blocks = [
        padded,
        write_function("pad(some, more=0)", "Items side by side, filled up behind.", body),
    ]
    note = "Items of similar lengths go together, padded to one of few lengths."
    return _define("Batches", note, blocks, of="\n".join(blocks))


def _define(title: str, note: str, blocks: Iterable[str], of: str) -> Section:
    """Return a section that brings what it needs of ours."""
    return Section(title, note, join_definitions([*cut_definitions(of, SOURCES), *blocks]))
