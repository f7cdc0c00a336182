"""Reading the sequences, and making steps of them: what is fitted sees the training part alone."""

from __future__ import annotations

from lstm_core.export.code import (
    Code,
    Section,
    join_definitions,
    write_call,
    write_function,
    write_list,
    write_literal,
    write_step,
)
from lstm_core.learning.encoding.words import MOST_LETTERS
from lstm_core.tasks.tagging.export.data_file import (
    DATA_FILE,
    ITEM,
    STEP,
    TAG,
    WORD,
    list_channels,
)
from lstm_core.tasks.tagging.export.story import Story


def write_reading(story: Story) -> Section:
    """Write what gives a ``table``, a row for each step, and its columns as arrays.

    ``words`` or ``values``, ``tags`` by number, ``firsts`` and ``lengths`` of sequences. What is
    only written again stays as it stands in the file: a spreadsheet does not run it.
    """
    if story.is_words:
        options = {"dtype": Code("str"), "keep_default_na": False}
        lines = [
            f"table = {write_call('pd.read_csv', DATA_FILE, **options)}",
            f'words = table["{WORD}"].map(read_text).to_numpy(object)',
        ]
    else:
        columns = [ITEM, TAG, *story.columns]
        texts = Code(f"dict.fromkeys({columns!r}, str)".replace("'", '"'))
        lines = [
            write_list("CHANNELS", map(write_literal, list_channels(story))),
            f"table = {write_call('pd.read_csv', DATA_FILE, dtype=texts, keep_default_na=False)}",
            'values = table[CHANNELS].to_numpy("float32")',
        ]
    known = f'pd.Index(TAGS, dtype=object).get_indexer(table["{TAG}"].to_numpy(object))'
    lines += [
        write_step("tags", known, "-1: one that is not learnt" if story.has_others else ""),
        f'firsts = np.flatnonzero(table["{ITEM}"] != table["{ITEM}"].shift())',
        "lengths = np.diff(np.append(firsts, len(table)))",
        f'table["{STEP}"] = np.arange(len(table)) - np.repeat(firsts, lengths) + 1',
    ]
    note = "A row for each step, as the run read it, with its tag and its part."
    code = "\n".join(lines)
    return Section("The data", note, code)


def write_steps(story: Story) -> Section:
    """Write ``fit``, of the training part, and ``make_steps``, by what it returns."""
    return _write_words(story) if story.is_words else _write_numbers(story)


def _write_words(story: Story) -> Section:
    task = story.spec.task
    folded = "[fold(word) for word in words]"
    fit = [
        f"folded = {folded}",
        f'fitted = {{"words": Vocabulary.fit([folded], {task.rarest}, {task.vocabulary})}}',
    ]
    make = [f'steps = {{"words": fitted["words"].number({folded})}}']
    make.append('steps["writings"] = np.array([read_writing(word) for word in words], "int32")')
    if story.spells:
        fit.append(f'fitted["letters"] = Vocabulary.fit(words, 1, {MOST_LETTERS})')
        make += [
            'steps["letters"] = np.zeros((len(words), LONGEST_WORD), "int32")',
            "for place, word in enumerate(words):",
            '    letters = fitted["letters"].number(shorten(word))',
            '    steps["letters"][place, : len(letters)] = letters',
        ]
    if story.hides:
        share = repr(float(task.hide))
        fit += [
            "# The rarer a word is, the more often it is hidden while training.",
            'counts = np.bincount(fitted["words"].number(folded), minlength=fitted["words"].size)',
            f'fitted["hidden"] = ({share} / ({share} + counts)).astype("float32")',
            'fitted["hidden"][PADDING] = 0',
        ]
    letters = ", and its letters" if story.spells else ""
    blocks = [
        write_function("fit(words)", "Of the training part alone.", [*fit, "return fitted"]),
        write_function(
            "make_steps(fitted, words)",
            f"Of each word a number, one for how it is written{letters}.",
            [*make, "return steps"],
        ),
    ]
    note = (
        "Words are told apart, without regard to capitals, by what occurs in the training part; "
        "all others have one number, and 0 stands behind a sequence's end."
    )
    return Section("Steps", note, join_definitions(blocks))


def _write_numbers(story: Story) -> Section:
    kind = story.spec.task.scaling
    scaled = "fitted.scale(values)"
    if kind == "item":
        scaled = "np.concatenate([fitted.scale(item) for item in np.split(values, firsts[1:])])"
    blocks = [
        write_function(
            "fit(values)",
            "Of the training part alone.",
            [f"return Scaler.fit({write_literal(kind)}, [values])"],
        ),
        write_function(
            "make_steps(fitted, values)", "Numbers, scaled.", [f'return {{"steps": {scaled}}}']
        ),
    ]
    note = "How numbers are brought to one level and spread."
    return Section("Steps", note, join_definitions(blocks))


def write_gathering(story: Story) -> Section:
    """Write ``starts`` and ``sizes`` of what is read at once, and ``gather``, of some of it."""
    if story.is_cut:
        most = story.spec.task.most_steps
        begin = [
            f"stretches = Stretches.cut(lengths, {most})",
            "starts, sizes = stretches.starts, stretches.lengths",
        ]
    else:
        begin = ["starts, sizes = firsts, lengths"]
    begin.append(f"PADDED = np.array({list(map(int, story.padded))})")
    if story.spells or not story.is_words:
        gather = [
            "batch = {}",
            "for name, values in steps.items():",
            "    room = inside.reshape(*inside.shape, *[1] * (values.ndim - 1))",
            "    batch[name] = values[at] * room",
        ]
    else:
        gather = ["batch = {name: values[at] * inside for name, values in steps.items()}"]
    body = [
        "lengths = sizes[some]",
        "places = np.arange(find_padded(lengths, PADDED) + more)",
        "inside = places < lengths[:, None]",
        "at = starts[some][:, None] + np.minimum(places, lengths[:, None] - 1)",
        *gather,
        'return {**batch, "lengths": lengths.astype("int32")}',
    ]
    what = "stretches" if story.is_cut else "sequences"
    told = f"Some {what}, by number, side by side, with zeros behind their ends."
    blocks = ["\n".join(begin), write_function("gather(steps, some, more=0)", told, body)]
    note = "Those of similar lengths go together, padded to one of few lengths."
    if story.is_cut:
        note = "Long sequences are read in stretches, which overlap. " + note
    return Section("Batches", note, join_definitions(blocks))
