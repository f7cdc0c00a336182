"""A file an item: texts in folders named by their label, a table of numbers for each signal."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

import numpy as np
import pandas as pd

from lstm_core.data.items.reading.columns.facts import gather_facts, read_column
from lstm_core.data.items.reading.columns.vocabulary import find_part, read_part
from lstm_core.data.items.reading.files import GivenFile
from lstm_core.data.items.reading.formats.decoding import decode_file
from lstm_core.data.items.reading.formats.delimited import read_delimited
from lstm_core.data.items.reading.source import Hint, ItemSource
from lstm_core.data.items.signals import Signals
from lstm_core.data.wording import count_words
from lstm_core.errors import DataError

_MOST_PARTS = 6
_NAME_PARTS = re.compile(r"[_\-. ]+")
_WORST_SHARE = 0.05


def read_text_files(files: Sequence[GivenFile], name: str) -> ItemSource:
    """Return a row a file: its text, and what its path says.

    Raises:
        DataError: none of them is text.
    """
    texts, kept, refused = [], [], []
    for file in files:
        try:
            text, _ = decode_file(file.content, file.name) if file.content.strip() else ("", ())
        except DataError as error:
            refused.append((file, error))
            continue
        texts.append(text.strip())
        kept.append(file)
    if not kept:
        raise refused[0][1]
    frame, hints = describe_paths(kept)
    title = "text" if "text" not in frame.columns else "text of the file"
    frame[title] = pd.Series(texts, dtype="str")
    hints["text"] = Hint(title, "Each file holds one text.")
    notes = [f"{count_words(len(kept), 'file')} were read, each as one text."]
    if refused:
        notes.append(
            f"{count_words(len(refused), 'file')} that is no text left out, such as "
            f'"{refused[0][0].name[:60]}".'
        )
    return ItemSource(frame, name, content="text", hints=hints, notes=tuple(notes))


def is_signal_table(source: ItemSource) -> bool:
    """Whether a table holds the steps of one item: numbers, and what is the same in all rows."""
    if source.signals is not None or source.content is not None:
        return False
    facts = gather_facts(source.frame.iloc[:2_000], source.decimal)
    numbers = [each for each in facts if each.is_number and each.num_distinct > 1]
    rest = [each for each in facts if not each.is_number and not each.is_time]
    return bool(numbers) and all(each.num_distinct <= 1 for each in rest)


def read_signal_files(files: Sequence[GivenFile], name: str) -> ItemSource:
    """Return a row a file, and the file's columns of numbers as its signal.

    What is the same in all rows of a file, such as a column with its label, describes the item.
    A column of times is left out.

    Raises:
        DataError: files with different columns, or too many that are no tables.
    """
    kept, items, constants, refused = [], [], [], []
    reader = _SignalReader()
    for file in files:
        try:
            values, constant = reader.read(file)
        except DataError as error:
            refused.append((file, error))
            continue
        kept.append(file)
        items.append(values)
        constants.append(constant)
    if not kept or len(refused) > _WORST_SHARE * len(files):
        raise refused[0][1]
    frame, hints = describe_paths(kept)
    for column in dict.fromkeys(key for constant in constants for key in constant):
        title = column if column not in frame.columns else f"{column} in the file"
        frame[title] = pd.Series([row.get(column, "") for row in constants], dtype="str")
    notes = [f"{count_words(len(kept), 'file')} were read, each as one signal.", *reader.notes]
    if refused:
        notes.append(
            f"{count_words(len(refused), 'file')} left out, such as "
            f'"{refused[0][0].name[:60]}": {refused[0][1].what}'
        )
    return ItemSource(
        frame,
        name,
        signals=Signals.from_items(items, reader.channels),
        content="numbers",
        hints=hints,
        notes=tuple(notes),
    )


class _SignalReader:
    """Reads file after file; what the first one taught makes the next ones quick."""

    def __init__(self) -> None:
        self.channels: tuple[str, ...] = ()
        self.notes: tuple[str, ...] = ()
        self._first_line = ""
        self._is_headed = False
        self._separator = ""
        self._places: list[int] = []
        self._num_columns = 0

    def read(self, file: GivenFile) -> tuple[np.ndarray, dict[str, str]]:
        """Return ``(steps, channels)`` and what is the same in all rows."""
        text, _ = decode_file(file.content, file.name)
        quick = self._read_quickly(text)
        if quick is not None:
            return quick, {}
        source = read_delimited(text, file.name, header=self._is_headed if self.channels else None)
        facts = gather_facts(source.frame.iloc[:2_000], source.decimal)
        if not self.channels:
            times = [each for each in facts if each.is_time]
            named = [
                each for each in facts if each.is_number and each not in times
                and (each.num_distinct > 1 or len(source.frame) < 3)
            ]  # fmt: skip
            # A column that merely speaks of time may be all there is.
            named = named or [each for each in facts if each.is_number]
            self.channels = tuple(each.name for each in named)
            left = [each.name for each in times if each not in named]
            if left:
                self.notes = (f'The column "{left[0][:40]}" was taken for the steps\' times.',)
            self._learn(text, source, len(left))
        missing = [name for name in self.channels if name not in source.frame.columns]
        if missing or not self.channels:
            what = f'lacks the column "{missing[0][:40]}"' if missing else "holds no numbers"
            raise DataError(
                f'The file "{file.name[:80]}" {what}.',
                "Give the file of each item the same columns.",
            )
        values = np.stack(
            [read_column(source.frame[name], source.decimal) for name in self.channels], axis=1
        )
        constant = {
            each.name: str(source.frame[each.name].iloc[0])
            for each in facts
            if each.name not in self.channels and each.num_distinct == 1 and not each.is_time
        }
        return values, constant

    def _learn(self, text: str, source: ItemSource, num_left: int) -> None:
        """Remember how plain files look: nothing but columns of numbers."""
        columns = list(source.frame.columns)
        self._is_headed = bool(source.has_header)
        if len(columns) != len(self.channels) + num_left or source.decimal != ".":
            return
        line = text.partition("\n")[0]
        marks = [mark for mark in ",;\t" if line.count(mark) == len(columns) - 1]
        if (len(columns) > 1 and not marks) or '"' in line:
            return
        self._first_line = line if self._is_headed else ""
        self._separator = marks[0] if len(columns) > 1 else "\n"
        self._places = [columns.index(name) for name in self.channels]
        self._num_columns = len(columns)

    def _read_quickly(self, text: str) -> np.ndarray | None:
        if not self._separator:
            return None
        if self._is_headed:
            first, _, text = text.partition("\n")
            if first != self._first_line:
                return None
        cells = text.strip().replace("\n", self._separator).split(self._separator)
        lines = text.strip().count("\n") + 1
        if len(cells) != lines * self._num_columns:
            return None
        try:
            values = np.array(cells, dtype=np.float64).reshape(-1, self._num_columns)
        except ValueError:
            return None
        return values[:, self._places]


def describe_paths(files: Sequence[GivenFile]) -> tuple[pd.DataFrame, dict[str, Hint]]:
    """Return what paths say: the file's name, its folders, and the pieces of its name.

    Folders that all files share say nothing. The folder nearest to the file that has more than
    one value, and isn't train or test, is the label.
    """
    names = [file.stem for file in files]
    full = [file.name for file in files]
    columns: dict[str, list[str]] = {"file": names if len(set(names)) == len(names) else full}
    folders = [file.folders for file in files]
    shared = 0
    while len({path[: shared + 1] for path in folders}) == 1 and len(folders[0]) > shared:
        shared += 1
    depth = max(map(len, folders)) - shared
    hints: dict[str, Hint] = {"item": Hint("file", "It is the file's name.")}
    for level in range(min(depth, _MOST_PARTS)):
        values = [path[shared + level] if len(path) > shared + level else "" for path in folders]
        title = "folder" if depth == 1 else f"folder {level + 1}"
        columns[title] = values
        given = {value for value in values if value}
        parts = {read_part(value) or find_part(value) for value in given}
        if None not in parts and len(parts) > 1:
            hints["split"] = Hint(title, "The folders are called so.")
        elif len(given) > 1 and values.count("") < len(values) / 2:
            hints["label"] = Hint(title, "The folder that a file lies in is its label.")
    columns |= _split_names(names)
    if "split" not in hints:
        told = [find_part(name) or "" for name in names]
        if all(told) and len(set(told)) > 1:
            columns["part"] = told
            hints["split"] = Hint("part", "The files' names say it.")
    if "label" not in hints:
        found = [title for title in columns if title.startswith("name")]
        words = [title for title in found if not all(v.isdigit() for v in columns[title])]
        for title in [*words, *found][:1]:
            hints["label"] = Hint(title, "It is a part of the files' names with few values.")
    return pd.DataFrame(columns, dtype="str"), hints


def _split_names(names: Sequence[str]) -> dict[str, list[str]]:
    """Return the pieces of the names that have fewer values than there are files."""
    pieces = [_NAME_PARTS.split(name) for name in names]
    lengths = Counter(map(len, pieces))
    usual, count = lengths.most_common(1)[0]
    columns = {}
    if count == len(names) and 1 < usual <= _MOST_PARTS:
        for number in range(usual):
            columns[f"name part {number + 1}"] = [piece[number] for piece in pieces]
    else:
        stems = [re.sub(r"[\s_\-.(]*\d+\)?$", "", name) for name in names]
        columns["name without number"] = stems
    return {
        title: values
        for title, values in columns.items()
        if 1 < len(set(values)) <= len(values) / 2 and all(values)
    }
