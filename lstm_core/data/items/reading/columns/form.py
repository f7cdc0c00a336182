"""What an item seems to be made of, and how the table seems to hold it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from lstm_core.data.items.reading.columns.facts import ColumnFacts
from lstm_core.data.items.reading.columns.roles import find_text
from lstm_core.data.items.reading.columns.steps import find_steps
from lstm_core.data.items.reading.columns.stretches import LongTable, find_long_table
from lstm_core.data.items.reading.columns.vocabulary import rank_label_name
from lstm_core.data.items.reading.source import ItemSource
from lstm_core.data.wording import count_words, list_names
from lstm_core.errors import DataError
from lstm_core.spec.items import STRETCHES, Content, ItemsDataSpec, Layout

_FEW_STEPS = 12
_FEWEST_NUMBERS = 4
_FEWEST_ROWS = 20
LETTERS_IN_WORDS = {
    "dna": "letters of DNA",
    "rna": "letters of RNA",
    "protein": "letters of proteins",
    "any": "symbols of any kind",
}


@dataclass(frozen=True)
class Form:
    """``long`` says which columns make a long table, where one was looked for and found."""

    content: Content
    layout: Layout
    reason: str
    long: LongTable | None


def guess_form(
    source: ItemSource,
    choice: ItemsDataSpec,
    facts: Sequence[ColumnFacts],
    *,
    is_nameless: bool,
) -> Form:
    """Say what an item seems to be made of and how the table seems to hold it.

    Args:
        choice: a column that was chosen for the items makes a long table.
        is_nameless: whether the columns have no names of their own.

    Raises:
        DataError: nothing is a sequence.
    """
    long: LongTable | None = None
    if source.signals is not None:
        return Form("numbers", "one_row", "The file holds signals.", long)
    if source.content == "symbols":
        return Form("symbols", "one_row", "The file is a collection of sequences.", long)
    chosen = next((each for each in facts if each.name == choice.item), None)
    if chosen is not None and choice.text is None and source.content is None:
        recurs = 2 <= chosen.num_distinct <= chosen.num_rows / 3
        if recurs and any(each.is_number for each in facts):
            found = find_long_table(source.frame, facts, source.decimal)
            time = found.time if found is not None and found.item == chosen.name else None
            long = LongTable(chosen.name, time, is_sure=True)
            return Form("numbers", "long", _say(long), long)
    text = find_text([each for each in facts if not each.parts], "text")
    best = next((each for each in facts if each.name == text.value), None)
    if best is not None and best.alphabet is not None and best.words < 1.5:
        name = LETTERS_IN_WORDS[best.alphabet]
        return Form("symbols", "one_row", f'The column "{best.name[:40]}" holds {name}.', long)
    if source.content == "text":
        return Form("text", "one_row", "The files hold texts.", long)
    if best is not None and best.words >= 3 and best.share_distinct >= 0.4:
        return Form("text", "one_row", f'The column "{best.name[:40]}" holds sentences.', long)
    long = find_long_table(source.frame, facts, source.decimal)
    steps = find_steps(facts)
    numbers = [each for each in facts if each.is_number and each.num_distinct > 1]
    if long is not None and long.is_sure and numbers:
        return Form("numbers", "long", _say(long), long)
    if long is not None and is_nameless and len(steps) < _FEW_STEPS:
        steps = ()  # a handful of numbers beside a column that recurs are channels
    if steps:
        return Form(
            "numbers", "wide", f"{count_words(len(steps), 'column')} of numbers are counted.", long
        )
    if long is not None and len(numbers) >= 1 and (best is None or best.words < 2):
        return Form("numbers", "long", _say(long), long)
    if best is not None:
        return Form("text", "one_row", f'The column "{best.name[:40]}" holds words.', long)
    if len(numbers) >= _FEWEST_NUMBERS:
        return Form("numbers", "wide", "The table holds columns of numbers, taken as steps.", long)
    named = [each for each in facts if rank_label_name(each.name) >= 2]
    if named and len(numbers) >= 1 and len(source.frame) > _FEWEST_ROWS:
        long = LongTable(STRETCHES, None, is_sure=False)
        return Form(
            "numbers", "long", "Rows in sequence with the same label are taken as an item.", long
        )
    raise DataError(
        f'No column of "{source.name[:80]}" holds texts, sequences or signals: there are '
        f"{list_names([each.name for each in facts]) or 'no columns'}.",
        "Bring a column of texts, a column for each step, or rows that name their item.",
    )


def _say(long: LongTable) -> str:
    return f'The column "{long.item[:40]}" names the item that each row belongs to.'
