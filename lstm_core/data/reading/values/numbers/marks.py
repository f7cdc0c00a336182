"""Which mark decimals have: a column's proof, then the file's vote, then what is likely."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from lstm_core.data.reading.values.numbers.written import MARKS, Mark, Written
from lstm_core.spec.reading import ReadingPlan

_FEWEST_PROOF = 0.02
"""What so few of a column's marked cells ask for is a slip, if other columns say otherwise."""


@dataclass(frozen=True)
class Tally:
    """How many cells of a column ask for which mark.

    Attributes:
        proofs: cells that are numbers with this decimal mark only.
        open: cells that both marks make a number, by the mark that they have.
        small: cells of up to three digits without a mark, and ``large``: of more.
        priced: open cells that have a currency beside them.
    """

    proofs: Mapping[Mark, int]
    open: Mapping[str, int]
    small: int
    large: int
    priced: int

    @property
    def num_open(self) -> int:
        return sum(self.open.values())

    @property
    def proof(self) -> Mark | None:
        """The mark that its cells prove; None where none or both are."""
        point, comma = self.proofs["."], self.proofs[","]
        if bool(point) == bool(comma):
            return None
        return "." if point else ","

    @property
    def is_mixed(self) -> bool:
        return bool(self.proofs["."]) and bool(self.proofs[","])


def count_marks(shapes: Iterable[tuple[Written, int]]) -> Tally:
    """Count what a column's numbers say, each shape with the number of its cells."""
    proofs: dict[Mark, int] = {".": 0, ",": 0}
    still_open: Counter[str] = Counter()
    small = large = priced = 0
    for written, count in shapes:
        if written.is_infinite:
            continue
        if written.proves:
            proofs[written.proves] += count
        elif written.is_ambiguous:
            mark = next(sign for sign in written.body if sign in MARKS)
            still_open[mark] += count
            priced += count if written.before else 0
        elif written.body.isdigit() or written.is_whole:
            small += count if written.num_digits <= 3 else 0
            large += count if written.num_digits > 3 else 0
    return Tally(proofs, dict(still_open), small, large, priced)


@dataclass(frozen=True)
class Vote:
    """The file's decimal mark.

    Attributes:
        decimal: None where nothing has a mark.
        is_sure: it was said or is proven; else it is the likelier one.
    """

    decimal: Mark | None
    is_sure: bool


def vote(
    tallies: Mapping[str, Tally], plan: ReadingPlan, separator: str | None, has_dotted_dates: bool
) -> Vote:
    """Return the file's decimal mark from all its columns of numbers."""
    if plan.decimal:
        return Vote(plan.decimal, is_sure=True)
    if plan.thousands in MARKS:
        return Vote("," if plan.thousands == "." else ".", is_sure=True)
    columns = Counter(proof for proof in (tally.proof for tally in tallies.values()) if proof)
    if columns["."] != columns[","]:
        return Vote("." if columns["."] > columns[","] else ",", is_sure=True)
    cells = Counter({mark: sum(tally.proofs[mark] for tally in tallies.values()) for mark in MARKS})
    if cells["."] != cells[","]:
        return Vote("." if cells["."] > cells[","] else ",", is_sure=True)
    doubtful = [tally for tally in tallies.values() if tally.num_open]
    if not doubtful:
        return Vote(None, is_sure=True)
    return Vote(_guess(doubtful, separator, has_dotted_dates), is_sure=False)


def _guess(doubtful: list[Tally], separator: str | None, has_dotted_dates: bool) -> Mark:
    """Weigh what speaks for a decimal comma against what speaks for a decimal point.

    The separator, the dates' form, a currency, and numbers below a thousand that have no mark where
    those above it do.
    """
    opened: Counter[str] = Counter()
    for tally in doubtful:
        opened.update(tally.open)
    mark: Mark = "." if opened["."] >= opened[","] else ","
    other: Mark = "," if mark == "." else "."
    grouped = sum(tally.small > 0 and not tally.large for tally in doubtful)
    ungrouped = sum(tally.large > 0 for tally in doubtful)
    priced = sum(tally.priced for tally in doubtful) > 0
    for_thousands = 2 * grouped - 3 * ungrouped + 2 * priced
    is_continental = 2 * (separator == ";") + has_dotted_dates
    if separator == ",":
        is_continental -= 1
    for_thousands += is_continental if mark == "." else -is_continental
    if mark == ",":
        for_thousands += 1  # a comma between thousands is the commoner, where nothing else is known
    return other if for_thousands > 0 else mark


def choose_mark(tally: Tally, file: Vote) -> Mark:
    """Return the decimal mark of a column's open cells: its own proof, else the file's."""
    point, comma = tally.proofs["."], tally.proofs[","]
    if tally.proof and tally.proof != file.decimal and file.decimal and file.is_sure:
        is_slip = max(point, comma) < _FEWEST_PROOF * (tally.num_open + point + comma)
        return file.decimal if is_slip else tally.proof
    if tally.proof:
        return tally.proof
    if tally.is_mixed:
        return file.decimal or ("." if point >= comma else ",")
    return file.decimal or "."
