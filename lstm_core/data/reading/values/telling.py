"""What reading the values has to tell, gathered over the columns."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

import numpy as np

from lstm_core.data.reading.telling import Remark
from lstm_core.data.wording import count_words, list_names

_MOST_WORDS = 10
_MOST_LINES = 20
_LONGEST_WORD = 40


@dataclass
class Findings:
    """What was found while columns were read, in the order in which it is told.

    Attributes:
        lines: of each row of the table.
    """

    lines: np.ndarray
    remarks: list[Remark] = field(default_factory=list)
    _words: dict[str, dict[str, np.ndarray]] = field(default_factory=lambda: defaultdict(dict))
    _grouped: dict[tuple[str, str, str], list[str]] = field(
        default_factory=lambda: defaultdict(list)
    )

    def add(self, kind: str, sentence: str, rows: np.ndarray | None = None) -> None:
        self.remarks.append(Remark(kind, sentence, self.lines_of(rows)))

    def add_column(self, kind: str, before: str, column: str, after: str = ".") -> None:
        """Tell something of a column in one sentence with the other columns it is true of."""
        self._grouped[kind, before, after].append(column)

    def add_word(self, word: str, column: str, rows: np.ndarray) -> None:
        """Tell that a word was taken as missing in these rows of a column."""
        self._words[word][column] = rows

    def lines_of(self, rows: np.ndarray | None) -> tuple[int, ...]:
        if rows is None or not len(self.lines):
            return ()
        return tuple(int(line) for line in self.lines[rows[:_MOST_LINES]])

    def add_all(self, other: Findings) -> None:
        """Take over what was found in another column."""
        self.remarks += other.remarks
        for key, columns in other._grouped.items():
            self._grouped[key] += columns
        for word, places in other._words.items():
            self._words[word] |= places

    def tell(self) -> tuple[Remark, ...]:
        grouped = [
            Remark(kind, f"{before}{list_names(columns)}{after}")
            for (kind, before, after), columns in self._grouped.items()
        ]
        return (*self.remarks, *grouped, *self._tell_words())

    def _tell_words(self) -> Iterable[Remark]:
        ordered = sorted(self._words.items(), key=lambda item: -_count(item[1].values()))
        for word, columns in ordered[:_MOST_WORDS]:
            rows = np.unique(np.concatenate(list(columns.values())))
            cells = count_words(_count(columns.values()), "cell")
            yield Remark(
                "missing_words",
                f'"{word[:_LONGEST_WORD]}" was read as a missing value: {cells} of '
                f"{list_names(list(columns))}.",
                self.lines_of(rows),
            )
        rest = ordered[_MOST_WORDS:]
        if rest:
            cells = count_words(sum(_count(columns.values()) for _, columns in rest), "cell")
            names = sorted({column for _, columns in rest for column in columns})
            places = [rows for _, columns in rest for rows in columns.values()]
            yield Remark(
                "missing_words",
                f"Further words were read as missing values in {cells} of {list_names(names)}: "
                f"{list_names([word for word, _ in rest])}.",
                self.lines_of(np.unique(np.concatenate(places))),
            )


def _count(rows: Iterable[np.ndarray]) -> int:
    return sum(map(len, rows))


def show_words(words: Sequence[str]) -> str:
    return list_names([word[:_LONGEST_WORD] for word in words])
