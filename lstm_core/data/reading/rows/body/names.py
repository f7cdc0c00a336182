"""Names of columns: one for each, all distinct."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from lstm_core.data.reading.telling import Remark
from lstm_core.data.wording import list_names

_LONGEST_NAME = 500


def name_columns(
    names: Sequence[str], width: int, line: int | None = None
) -> tuple[list[str], list[Remark]]:
    """Return a name for each column, and what is to be told of them.

    Args:
        names: as the header has them, perhaps fewer or empty ones; empty: there is no header.
        line: of the header, from 1.
    """
    lines = () if line is None else (line,)
    if not names:
        remark = Remark("no_header", "The file has no header, so the columns were numbered.")
        return [f"column {at + 1}" for at in range(width)], [remark]
    remarks = []
    given = [" ".join(name.split())[:_LONGEST_NAME] for name in names]
    given += [""] * (width - len(given))
    missing = [at for at, name in enumerate(given) if not name]
    taken = Counter(name for name in given if name)
    unnamed = []
    for at in missing:
        given[at] = _free(f"column {at + 1}", taken)
        taken[given[at]] += 1
        unnamed.append(given[at])
    if unnamed:
        few = len(unnamed) == 1
        remarks.append(
            Remark(
                "unnamed",
                f"{'A column' if few else 'Columns'} without a name "
                f"{'was' if few else 'were'} called {list_names(unnamed)}.",
                lines,
            )
        )
    twice = [name for name, number in taken.items() if number > 1]
    if twice:
        seen: Counter[str] = Counter()
        for at, name in enumerate(given):
            seen[name] += 1
            if seen[name] > 1:
                given[at] = _free(name, taken, seen[name])
                taken[given[at]] += 1
        remarks.append(
            Remark(
                "duplicate_names",
                f"Several columns are called {list_names(twice)}; the later ones got numbers.",
                lines,
            )
        )
    return given, remarks


def _free(name: str, taken: Counter[str], number: int = 1) -> str:
    """Return the name, with a number where it is taken."""
    if number == 1 and not taken[name]:
        return name
    number = max(number, 2)
    while taken[f"{name} ({number})"]:
        number += 1
    return f"{name} ({number})"
