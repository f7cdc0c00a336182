"""Which column is what, found from what the columns hold and then from their names."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

import pandas as pd

from lstm_core.data.items.reading.columns.facts import ColumnFacts, gather_facts
from lstm_core.data.items.reading.columns.findings import Finding, Understanding
from lstm_core.data.items.reading.columns.form import LETTERS_IN_WORDS, guess_form
from lstm_core.data.items.reading.columns.roles import (
    find_group,
    find_item,
    find_label,
    find_split,
    find_text,
    find_time,
)
from lstm_core.data.items.reading.columns.steps import (
    FEWEST_STEPS,
    are_nameless,
    find_steps,
    is_bare,
    split_channels,
)
from lstm_core.data.items.reading.columns.stretches import (
    LongTable,
    cut_stretches,
    find_long_table,
    gather_items,
    gather_rows,
)
from lstm_core.data.items.reading.columns.vocabulary import names_group, rank_label_name
from lstm_core.data.items.reading.source import ItemSource
from lstm_core.data.wording import count_words, list_names
from lstm_core.errors import DataError, suggest_name
from lstm_core.spec.items import NO_COLUMN, STRETCHES, Content, ItemsDataSpec, Layout
from lstm_core.spec.series import name_file

_MOST_OTHERS = 12
_LAYOUTS = {
    "one_row": "Each row is an item.",
    "wide": "Each row is an item, with a column for each step.",
    "long": "Each row is a step of an item.",
}


def understand_items(
    source: ItemSource, choice: ItemsDataSpec | None = None, *, labelled: bool = True
) -> Understanding:
    """Give every column its part; what ``choice`` sets is kept.

    Args:
        labelled: False for items that are to be predicted: of the columns that ``choice`` names,
            those that describe an item may be missing, and a lone column of texts may have
            another name.

    Raises:
        DataError: a column that was chosen isn't there, or nothing is a sequence.
    """
    choice = choice or ItemsDataSpec(source="file", name=name_file(source.name))
    if not labelled:
        choice = _leave_out_missing(source, choice)
    return _Reader(source, choice).read()


def _leave_out_missing(source: ItemSource, choice: ItemsDataSpec) -> ItemsDataSpec:
    known = set(source.frame.columns)
    missing: dict[str, object] = {
        part: None for part, name in choice.columns.items() if name not in known
    }
    if choice.layout == "wide" and not known.issuperset(choice.channels or ()):
        missing["channels"] = None  # new items may be shorter or longer
    return choice.model_copy(update=missing)


class _Reader:
    """Goes from the table to the parts, each decision narrowing those behind it."""

    def __init__(self, source: ItemSource, choice: ItemsDataSpec) -> None:
        self._source = source
        self._choice = choice
        self._findings: dict[str, Finding] = {}
        self._check_choice()
        self._facts: Sequence[ColumnFacts] = gather_facts(source.frame, source.decimal)
        self._long: LongTable | None = None
        self._is_nameless = source.has_header is False or are_nameless(list(source.frame.columns))

    def read(self) -> Understanding:
        content, layout = self._find_form()
        channels: tuple[str, ...] | None = self._choice.channels
        item: str | None = None
        table = self._source.frame
        facts: Sequence[ColumnFacts] = self._facts
        time: str | None = None
        if layout == "long":
            item, time = self._find_items()
            table, facts = self._narrow(item)
        taken = {name for name in (item, time) if name is not None}
        text = None
        if content != "numbers":
            text = self._decide("text", find_text, facts, taken, content)
            taken.add(text or "")
        split = self._decide("split", find_split, facts, taken)
        taken.add(split or "")
        steps = set(channels or ())
        if layout == "wide" and not steps and not self._is_nameless:
            steps = set(find_steps(facts))
        label = self._decide(
            "label", find_label, [each for each in facts if each.name not in steps], taken,
            "first" if layout == "wide" and self._is_nameless else "",
        )  # fmt: skip
        taken.add(label or "")
        rest = [each for each in facts if each.name not in steps]
        if layout == "wide" and self._is_nameless and channels is None:
            rest = [
                each
                for each in rest
                if not each.is_number or self._counts_rows(each) or not is_bare(each.name)
            ]
        labels = table[label] if label else None
        group = self._decide("group", find_group, rest, taken, (table, labels))
        if layout == "long" and group is None and item is not None:
            group = self._group_by_item(item, table)
        taken.add(group or "")
        if layout != "long":
            item = self._decide("item", find_item, rest, taken, table)
            taken.add(item or "")
            time = self._decide("time", find_time, rest, taken)
            taken.add(time or "")
        if content == "numbers" and self._source.signals is None and channels is None:
            channels = self._find_channels(layout, steps, taken)
        alphabet = self._choice.alphabet
        if content == "symbols" and alphabet is None:
            found = next((each.alphabet for each in facts if each.name == text), None)
            alphabet = found or "any"
            self._tell("alphabet", alphabet, f"The letters are {LETTERS_IN_WORDS[alphabet]}.")
        spec = self._choice.model_copy(
            update={
                "content": content,
                "layout": layout,
                "header": self._source.has_header,
                "text": text,
                "label": label,
                "group": group or NO_COLUMN,
                "item": item or NO_COLUMN,
                "time": time or NO_COLUMN,
                "split": split or NO_COLUMN,
                "channels": self._choice.channels if layout == "wide" else channels,
                "alphabet": alphabet,
            }
        )
        return Understanding(spec, self._findings, channels or (), tuple(facts))

    def _check_choice(self) -> None:
        known = list(map(str, self._source.frame.columns))
        wanted = [*self._choice.columns.values(), *(self._choice.channels or ())]
        for name in wanted:
            if name not in known and self._source.signals is None:
                raise _refuse_unknown(name, known)
            if name not in known and name not in (self._choice.channels or ()):
                raise _refuse_unknown(name, known)

    def _tell(self, part: str, value: str | None, reason: str, others: Sequence[str] = ()) -> None:
        self._findings[part] = Finding(part, value, reason, tuple(others)[:_MOST_OTHERS])

    def _decide(
        self,
        part: str,
        find: Callable[..., Finding],
        facts: Sequence[ColumnFacts],
        taken: set[str],
        *more: object,
    ) -> str | None:
        """Ask a finder about the columns that have no part yet; what was chosen comes first."""
        chosen = getattr(self._choice, part)
        reserved = {name for other, name in self._choice.columns.items() if other != part} | set(
            self._choice.channels or ()
        )
        free = [each for each in facts if each.name not in taken and each.name not in reserved]
        finding = find(free, *more)
        hint = self._source.hints.get(part)
        if chosen is not None:
            value = None if chosen == NO_COLUMN else chosen
            others = [name for name in (finding.value, *finding.others) if name and name != value]
            finding = Finding(part, value, "You chose it.", tuple(others))
        elif hint is not None and hint.column in {each.name for each in free}:
            others = [n for n in (finding.value, *finding.others) if n and n != hint.column]
            finding = Finding(part, hint.column, hint.reason, tuple(others))
        self._findings[part] = replace(finding, others=finding.others[:_MOST_OTHERS])
        return finding.value

    def _find_form(self) -> tuple[Content, Layout]:
        """Decide what an item is made of and how the table holds it."""
        choice, source = self._choice, self._source
        if choice.content is not None and choice.layout is not None:
            content, layout, reason = choice.content, choice.layout, "You chose it."
        else:
            form = guess_form(source, choice, self._facts, is_nameless=self._is_nameless)
            content, layout, reason = form.content, form.layout, form.reason
            self._long = form.long
        if choice.content is not None and choice.content != content:
            content, reason = choice.content, "You chose it."
            if content == "numbers":
                layout = layout if layout != "one_row" else self._guess_number_layout()
            else:
                layout = "one_row"
        if source.signals is not None:
            content, layout = "numbers", "one_row"
        elif choice.layout is not None and content == "numbers":
            layout = choice.layout
        others = [each for each in ("text", "numbers", "symbols") if each != content]
        self._tell("content", content, reason, others)
        self._tell("layout", layout, _LAYOUTS[layout])
        return content, layout

    def _guess_number_layout(self) -> Layout:
        self._long = find_long_table(self._source.frame, self._facts, self._source.decimal)
        return "long" if self._long is not None and self._long.is_sure else "wide"

    def _find_items(self) -> tuple[str, str | None]:
        """Return the column that names the items of a long table, and that of their times."""
        frame, choice = self._source.frame, self._choice
        if self._long is None:
            self._long = find_long_table(frame, self._facts, self._source.decimal)
        item = self._long.item if self._long is not None else STRETCHES
        reason = "Its rows stand together." if self._long is not None else _STRETCHES_REASON
        if item == STRETCHES:
            reason = _STRETCHES_REASON
        if choice.item is not None:
            item = STRETCHES if choice.item == NO_COLUMN else choice.item
            reason = "You chose it."
        others = [
            each.name
            for each in self._facts
            if each.name != item and 2 <= each.num_distinct <= len(frame) / 2
            and (not each.is_number or each.is_whole) and each.parts < 2
        ]  # fmt: skip
        self._tell("item", item, reason, others)
        time = self._long.time if self._long is not None else None
        if time is None:
            time = next((each.name for each in self._facts if each.is_time), None)
        if time == item:
            time = None
        reason = "It grows within the items."
        if choice.time is not None:
            time = None if choice.time == NO_COLUMN else choice.time
            reason = "You chose it."
        if time is None:
            reason = "No column grows within the items: the rows' order counts."
        self._tell("time", time, reason)
        return item, time

    def _narrow(self, item: str) -> tuple[pd.DataFrame, Sequence[ColumnFacts]]:
        """Return a row an item with the columns that are the same in all of its rows."""
        frame = self._source.frame
        if item == STRETCHES:
            named = sorted(self._facts, key=lambda each: -rank_label_name(each.name))
            label = self._choice.label or (named[0].name if named else None)
            group = self._choice.group
            columns = [name for name in (label, group) if name and name != NO_COLUMN]
            if label is None or not columns:
                raise DataError(
                    "No column names the item that a row belongs to.",
                    "Add a column with the item's number or name to each row.",
                )
            stretches = cut_stretches(frame, columns)
        else:
            stretches = gather_items(frame, item)
        kept = []
        for each in self._facts:
            varies = stretches.varies(frame[each.name])
            # Numbers of a group that begin again in each group name several items as one.
            is_chosen = each.name in self._choice.columns.values()
            if is_chosen or varies.mean() <= 0.01 or (
                not each.is_number and each.num_distinct <= len(frame) / 4 and not each.is_time
            ):  # fmt: skip
                kept.append(each.name)
        # A name that comes again under another label is another item.
        words = [each.name for each in self._facts if each.name in kept and not each.is_number]
        varying = [name for name in words if stretches.varies(frame[name]).any()]
        if varying and item != STRETCHES:
            finer = gather_rows(frame, [item, *varying])
            stretches = finer if len(finer.lengths) <= len(frame) / 3 else stretches
        table = frame[kept].iloc[stretches.firsts].reset_index(drop=True)
        return table, gather_facts(table, self._source.decimal)

    def _group_by_item(self, item: str, table: pd.DataFrame) -> str | None:
        """Take the column that names the items for groups where several items share a name."""
        if self._choice.group is not None or item == STRETCHES or item not in table.columns:
            return None
        num_names = table[item].nunique()
        if num_names >= len(table):
            return None
        finding = self._findings["group"]
        others = tuple(dict.fromkeys((item, *finding.others)))
        told = f"{count_words(num_names, 'value')} for {count_words(len(table), 'item')}"
        if names_group(item):
            reason = f"Its name says that items belong together: {told}."
            self._findings["group"] = Finding("group", item, reason, finding.others)
            return item
        reason = f'Do items belong together? The column "{item[:40]}" has only {told}.'
        self._findings["group"] = Finding("group", None, reason, others, asks=True)
        return None

    def _find_channels(self, layout: Layout, steps: set[str], taken: set[str]) -> tuple[str, ...]:
        """Return the columns of numbers that have no other part."""
        free = [
            each for each in self._facts
            if (each.is_number or each.num_given == 0) and each.name not in taken
        ]  # fmt: skip
        if layout == "wide":
            named = [each.name for each in free if each.name in steps]
            columns = named or [each.name for each in free]
            found = split_channels(columns)
            words = count_words(max(map(len, found.values()), default=0), "step")
            self._tell("channels", None, f"{words} of {count_words(len(found), 'channel')}.")
            if len(columns) < FEWEST_STEPS:
                raise _refuse_channels(self._source.name)
            return tuple(columns)
        stretched = self._findings["item"].value
        kept = [each for each in free if each.is_number and not each.is_time]
        if stretched and stretched != STRETCHES:
            stretches = gather_items(self._source.frame, stretched)
            kept = [
                each for each in kept
                if stretches.varies(self._source.frame[each.name]).mean() > 0.05
            ]  # fmt: skip
        if not kept:
            raise _refuse_channels(self._source.name)
        names = tuple(each.name for each in kept)
        self._tell("channels", None, f"Numbers that change within the items: {list_names(names)}.")
        return names

    def _counts_rows(self, each: ColumnFacts) -> bool:
        return each.is_whole and each.num_distinct == each.num_rows and each.place == 0


_STRETCHES_REASON = "No column names the items: rows in sequence with the same label are one."


def _refuse_unknown(name: str, known: Sequence[str]) -> DataError:
    return DataError(
        f'There is no column "{name[:60]}".{suggest_name(name, known)}',
        f"The columns are {list_names(known)}." if known else "",
    )


def _refuse_channels(name: str) -> DataError:
    return DataError(
        f'No columns of "{name[:80]}" hold the numbers of a signal.',
        "Bring a column for each step, or a row for each step with the item's name.",
    )
