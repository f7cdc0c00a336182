"""``03/04/2024``: whether the day comes first, or the month."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

import numpy as np
import pandas as pd

from lstm_core.data.reading.telling import Choice, Question, Remark
from lstm_core.data.reading.times.forms.composing import NOTHING, Parts, compose
from lstm_core.data.reading.times.parsed import DateOrder

_FEW = 0.05
_CLEARLY = 0.5
_UNEVEN = 0.3
_FAR = 20
_MOST_MEASURED = 200_000
_SAYS_DAY_FIRST = re.compile(
    r"datum|zeit|monat|fecha|\bdata\b|jour|horodat|tarih|дата|päivä|mois|giorno|maand",
    re.IGNORECASE,
)
_SHOWN = {"day": "day, month, year", "month": "month, day, year", "year": "year, month, day"}


@dataclass(frozen=True)
class Order:
    """Dates of two numbers and a year, put in an order.

    Attributes:
        times: int64 nanoseconds since 1970, ``(rows,)``.
        date_order: None where the year comes first.
    """

    times: np.ndarray
    date_order: DateOrder | None
    remarks: tuple[Remark, ...] = ()
    questions: tuple[Question, ...] = ()


def put_in_order(
    parts: Parts, wanted: DateOrder | None, name: str, mark: str, has_halves: bool
) -> Order:
    """Decide by numbers above 12, then by spacing, then by custom; ask where nothing proves it.

    Args:
        wanted: what a person said; obeyed where nearly all cells can be read so.
        mark: what stands between the numbers.
        has_halves: whether clocks run twice a day, with AM and PM.
    """
    read = {order: compose(parts, order) for order in ("day", "month")}
    num_given = int(parts.is_read.sum())
    if wanted is not None and _count(read[wanted]) >= (1 - _FEW) * num_given:
        return Order(read[wanted], wanted)
    if parts.has_short_years:
        by_year = compose(parts, "year")
        if _count(by_year) == num_given and _prefers_year(by_year, read, parts):
            return Order(by_year, None, (_tell("year"),))
    is_day, is_month = parts.ones > 12, parts.twos > 12
    day_proofs, month_proofs = int((is_day & ~is_month).sum()), int((is_month & ~is_day).sum())
    if day_proofs or month_proofs:
        order: DateOrder = "day" if day_proofs >= month_proofs else "month"
        fewer = min(day_proofs, month_proofs)
        if fewer > _FEW * num_given:
            return Order(
                _read_torn(read, is_day & ~is_month, is_month & ~is_day), None, (_tell_mixed(),)
            )
        mixed = _read_mixed(read, order)
        if mixed is not None:
            return Order(mixed, None, (_tell_mixed(),))
        return Order(read[order], order, (_tell(order),))
    return _weigh(parts, read, name, mark, has_halves)


def _weigh(
    parts: Parts, read: dict[str, np.ndarray], name: str, mark: str, has_halves: bool
) -> Order:
    day, month = _measure(read["day"]), _measure(read["month"])
    likelier, is_clear = _compare(day, month)
    rows = parts.ones >= 0
    if not is_clear and mark.strip() == ".":  # nobody writes the month first with dots
        return Order(read["day"], "day", (_tell("day"),))
    if not is_clear:
        of_months = _find_months(parts.ones[rows], parts.twos[rows])
        if of_months is not None:
            likelier = of_months
        elif likelier is None:
            by_custom = mark.strip() != "/" or _SAYS_DAY_FIRST.search(name.replace("_", " "))
            likelier = "day" if by_custom and not has_halves else "month"
    assert likelier is not None
    if is_clear:
        return Order(read[likelier], likelier, (_tell(likelier),))
    told = _tell(likelier, ", which the dates themselves do not prove")
    differ = (parts.ones[rows] != parts.twos[rows]).any()
    questions = (_ask(parts, read, likelier, name),) if differ else ()
    return Order(read[likelier], likelier, (told,), questions)


def _find_months(ones: np.ndarray, twos: np.ndarray) -> DateOrder | None:
    """Return the likelier order where one of the two numbers never changes.

    The firsts of months one after another are more usual than days of January; but where steps
    are odd, it is the month that stays.
    """
    found: tuple[tuple[DateOrder, np.ndarray, np.ndarray], ...] = (
        ("day", ones, twos),
        ("month", twos, ones),
    )
    for order, days, months in found:
        steps = np.diff(months) % 12
        if (days == 1).all() and len(steps) and steps[0] != 0 and (steps == steps[0]).all():
            return order
    if (ones == ones[0]).all() == (twos == twos[0]).all():
        return None
    return "month" if (ones == ones[0]).all() else "day"


def _prefers_year(by_year: np.ndarray, read: dict[str, np.ndarray], parts: Parts) -> bool:
    """Whether ``24-01-05`` begins with its year: with 31 it ends, or time runs slow and steady."""
    if (parts.ones > 31).any():
        return True
    complete = [times for times in read.values() if _count(times) >= (1 - _FEW) * _count(by_year)]
    disorder, _ = _measure(by_year)
    own = _find_span(by_year)
    return disorder < _FEW and all(own * _FAR < _find_span(times) for times in complete)


def _find_span(times: np.ndarray) -> float:
    return float(np.ptp(times[times != NOTHING].astype(np.float64)))


def _read_torn(read: dict[str, np.ndarray], is_day: np.ndarray, is_month: np.ndarray) -> np.ndarray:
    """Read each date that can be read both ways as the one nearer to the proven ones around it."""
    proven = np.where(is_day, read["day"], np.where(is_month, read["month"], NOTHING))
    places = np.flatnonzero(proven != NOTHING)
    if not len(places):
        return np.where(read["day"] != NOTHING, read["day"], read["month"])
    around = np.interp(np.arange(len(proven)), places, proven[places].astype(np.float64))
    far = {
        order: np.where(times == NOTHING, np.inf, abs(times.astype(np.float64) - around))
        for order, times in read.items()
    }
    nearer = np.where(far["day"] <= far["month"], read["day"], read["month"])
    return np.where(proven != NOTHING, proven, nearer)


def _read_mixed(read: dict[str, np.ndarray], order: DateOrder) -> np.ndarray | None:
    """Return times of a column in which both orders stand, or None.

    A spreadsheet that expects months first turns the days up to the twelfth into months and
    leaves the others as text: what can be read both ways is of the other order then.
    """
    other: Literal["day", "month"] = "month" if order == "day" else "day"
    swapped = np.where(read[other] != NOTHING, read[other], read[order])
    straight = np.where(read[order] != NOTHING, read[order], read[other])
    if (swapped == straight).all():
        return None
    worse, better = _measure(straight), _measure(swapped)
    if better[0] + _FEW < worse[0] or (better[0] <= worse[0] and better[1] < 0.2 * worse[1]):
        return swapped
    return None


def _measure(times: np.ndarray) -> tuple[float, float]:
    """Return the share of steps against the run of the file, and how uneven distances are.

    The second is the spread of the distances of neighbours in time, as a share of their mean:
    months differ by a tenth; every January's first twelve days, and then a year, by far more.
    """
    given = times[times != NOTHING][:_MOST_MEASURED]
    steps = np.diff(given)
    if not len(steps):
        return 0.0, 0.0
    disorder = min((steps < 0).mean(), (steps > 0).mean())
    rising = given if (steps >= 0).all() else np.sort(given)
    distances = np.diff(rising).astype(np.float64)
    distances = distances[distances > 0]
    mean = distances.mean() if len(distances) else 0.0
    return float(disorder), float(distances.std() / mean) if mean > 0 else 0.0


def _compare(day: tuple[float, float], month: tuple[float, float]) -> tuple[DateOrder | None, bool]:
    """Return what is likelier by order and evenness, and whether that is clear."""
    if abs(day[0] - month[0]) > _FEW:
        return ("day" if day[0] < month[0] else "month"), True
    low, high = sorted((day[1], month[1]))
    if round(high - low, 3) == 0:
        return None, False
    return ("day" if day[1] < month[1] else "month"), low < _CLEARLY * high and high > _UNEVEN


def _ask(parts: Parts, read: dict[str, np.ndarray], likelier: DateOrder, name: str) -> Question:
    differ = np.flatnonzero((parts.ones != parts.twos) & (parts.ones >= 0))
    shown = differ[0]
    choices = {
        order: Choice(
            order,
            f"{order.capitalize()} first",
            f"{_say(read[order], shown)}; from {_say(read[order], 0)} to {_say(read[order], -1)}",
        )
        for order in ("day", "month")
    }
    other = "month" if likelier == "day" else "day"
    cell = f"{parts.ones[shown]:02}/{parts.twos[shown]:02}/{parts.years[shown]}"
    return Question(
        "data.reading.date_order",
        f'Is {cell} in "{name[:40]}" {choices["day"].gives.split(";")[0]} or '
        f"{choices['month'].gives.split(';')[0]}?",
        (choices[likelier], choices[other]),
    )


def _say(times: np.ndarray, place: int) -> str:
    at = times[place]
    if place in (0, -1):
        at = times[times != NOTHING][place]
    moment = pd.Timestamp(int(at))
    return f"{moment.day} {moment:%B %Y}"


def _count(times: np.ndarray) -> int:
    return int((times != NOTHING).sum())


def _tell(order: str, doubt: str = "") -> Remark:
    return Remark("date_order", f"Dates were read as {_SHOWN[order]}{doubt}.")


def _tell_mixed() -> Remark:
    return Remark(
        "mixed_date_order",
        "The day comes first in some dates and the month in others: each was read so that times "
        "go on evenly. Look at the first of them.",
    )
