"""One way from a column to its times."""

from __future__ import annotations

import re
from dataclasses import replace

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from lstm_core.data.reading.telling import Question, Remark
from lstm_core.data.reading.times.forms.cells import take_sample, to_arrow
from lstm_core.data.reading.times.forms.choosing import choose_forms, may_be_times, read_sample
from lstm_core.data.reading.times.forms.composing import DAY_NANOS, NOTHING, Parts, compose
from lstm_core.data.reading.times.forms.forms import FORMS, Form, forms_called
from lstm_core.data.reading.times.forms.plain_iso import PlainTimes, read_plain_iso
from lstm_core.data.reading.times.forms.taking import take_apart
from lstm_core.data.reading.times.forms.yearless import read_yearless
from lstm_core.data.reading.times.names import has_time_name
from lstm_core.data.reading.times.numbers import parse_numbers
from lstm_core.data.reading.times.one_clock.summer import even_out
from lstm_core.data.reading.times.one_clock.zones import put_on_one_clock
from lstm_core.data.reading.times.order import put_in_order
from lstm_core.data.reading.times.parsed import DateOrder, ParsedTimes
from lstm_core.data.wording import count_words, list_names
from lstm_core.spec.reading import ReadingPlan

WORST_UNREADABLE_SHARE = 0.05
"""A column of times may have this share of cells that can't be read; more, and it is none."""

_FEWEST_WITH_ONE_BAD = 4
_MOST_PLACES = 100
_NUMBER = re.compile(r"[+-]?\d+(?:\.\d+)?")
_DOTTED_MONTH = re.compile(
    r"(?:1[6-9]|2[0-2])\d\d\.(?:0\d|1[0-2])|(?:0\d|1[0-2])\.(?:1[6-9]|2[0-2])\d\d"
)
_EARLIEST, _LATEST = pd.Timestamp("1700-01-01"), pd.Timestamp("2250-01-01")
_TOLD_FORMS = {
    "fiscal_year": "Years of business were read by the calendar year in which they begin.",
    "year_quarter": "2024-1 was read as a quarter.",
    "numbered_week": "Numbers beside the year were read as ISO weeks.",
    "era": "Years of Japanese or Taiwanese eras were turned into calendar years.",
}
_PLAIN = ReadingPlan()


def parse_times(column: pd.Series, plan: ReadingPlan | None = None) -> ParsedTimes | None:
    """Read a column as times, or return None when it is none.

    Read are the forms of ``forms.FORMS`` and the numbers of ``numbers.meaning_of_numbers``; any
    other whole numbers are steps, where the column holds numbers and not text. Times with a zone
    become UTC, except midnights everywhere, which stay dates; local hours that summer time doubles
    or leaves out are put on one clock. A plan's ``time_form``, ``date_order`` and ``zone`` are
    obeyed where nearly all cells can be read so.
    """
    plan = plan or _PLAIN
    if pd.api.types.is_bool_dtype(column):
        return None
    if pd.api.types.is_datetime64_any_dtype(column):
        return _bound(_drop_zone(column))
    if pd.api.types.is_numeric_dtype(column):
        parsed = parse_numbers(column, plan.time_form, plan.date_order)
        num_given = int(column.notna().sum())
        if parsed is None or not parsed.is_calendar:
            return parsed if parsed is not None and num_given else None
        return _judge(_bound(parsed), num_given, None)
    array = to_arrow(column)
    parsed = _parse_text(array, column, plan)
    if parsed is None:
        return None
    return _judge(_bound(parsed), len(array) - array.null_count, array)


def looks_like_times(sample: pd.Series) -> bool:
    """Whether a few cells of text are surely times; numbers alone are not.

    What could be a number as well, such as ``2024.01``, is a time only where the column's name
    says so.
    """
    if not pd.api.types.is_string_dtype(sample):
        return False
    cells = take_sample(to_arrow(sample))
    if not may_be_times(cells) or _are_numbers(cells):
        is_dotted = len(cells) > 1 and all(map(_DOTTED_MONTH.fullmatch, cells))
        if not is_dotted or not has_time_name(str(sample.name)):
            return False
    forms = choose_forms(cells, str(sample.name))
    if not forms:
        named = has_time_name(str(sample.name))
        return read_yearless(to_arrow(sample), cells, is_named=named) is not None
    read = np.logical_or.reduce([read_sample(cells, form) for form in forms])
    return int((~read).sum()) <= max(1 if len(read) >= _FEWEST_WITH_ONE_BAD else 0, len(read) // 10)


def _parse_text(array: pa.Array, column: pd.Series, plan: ReadingPlan) -> ParsedTimes | None:
    cells = take_sample(array)
    if not may_be_times(cells):
        return None
    wanted = plan.time_form or ""
    if "%" in wanted:
        stated = _parse_by_signs(array, column, wanted)
        if stated is not None:
            return stated
    only = forms_called(wanted) or FORMS
    name = str(column.name)
    forms = choose_forms(cells, name if only is FORMS else f"{name} time", only)
    if only is not FORMS and not forms:
        forms = choose_forms(cells, name)
    is_dotted = all(map(_DOTTED_MONTH.fullmatch, cells))
    if _are_numbers(cells) and not (forms and forms[0].name == "year_month" and is_dotted):
        return _parse_digits(array, column, plan)
    if not forms:
        return _parse_yearless(array, cells, column)
    plain = read_plain_iso(array, cells) if forms[0].name == "iso" and plan.zone is None else None
    if plain is not None:
        return _assemble_plain(plain, column)
    return _assemble(take_apart(array, forms, cells), forms, cells, column, plan)


def _parse_yearless(array: pa.Array, cells: list[str], column: pd.Series) -> ParsedTimes | None:
    found = read_yearless(array, cells, is_named=has_time_name(str(column.name)))
    if found is None:
        return None
    values = pd.Series(found[0].astype("datetime64[ns]"), column.index, name=column.name)
    return ParsedTimes(values, (Remark("no_year", found[1]),), form="no_year")


def _assemble(
    parts: Parts, forms: tuple[Form, ...], cells: list[str], column: pd.Series, plan: ReadingPlan
) -> ParsedTimes:
    name = str(column.name)
    remarks = [Remark("time_form", _TOLD_FORMS[form.name]) for form in forms
               if form.name in _TOLD_FORMS]  # fmt: skip
    questions: tuple[Question, ...] = ()
    date_order: DateOrder | None = None
    if parts.is_numeric:
        mark, has_halves = _look_at_numeric(forms, cells)
        ordered = put_in_order(parts, plan.date_order, name, mark, has_halves)
        times, date_order, questions = ordered.times, ordered.date_order, ordered.questions
        remarks += ordered.remarks
    else:
        times = compose(parts)
    if len({form.name for form in forms}) > 1:
        told = "Times are written in two forms in one column; both were read."
        remarks.append(Remark("two_time_forms", told))
    if parts.ends.any():
        told = "Of stretches of time the begin was taken."
        remarks.append(Remark("time_ranges", told))
    zone = None
    if (parts.zones > 0).any():
        shared = put_on_one_clock(times, parts.zones, parts.zone_words, plan.zone)
        times, zone = shared.times, shared.zone
        remarks += shared.remarks
    elif plan.zone is None and (parts.clocks > 0).any():
        times, told_of_summer = even_out(times, name)
        remarks += told_of_summer
    values = pd.Series(times.astype("datetime64[ns]"), column.index, name=column.name)
    return ParsedTimes(
        values, tuple(remarks), questions, forms[0].name, date_order, zone
    )  # fmt: skip


def _assemble_plain(plain: PlainTimes, column: pd.Series) -> ParsedTimes:
    times, zone = plain.times, None
    remarks: tuple[Remark, ...] = ()
    if (plain.zones > 0).any():
        shared = put_on_one_clock(times, plain.zones, plain.words, None)
        times, zone, remarks = shared.times, shared.zone, shared.remarks
    elif (times[times != NOTHING] % DAY_NANOS != 0).any():
        times, remarks = even_out(times, str(column.name))
    values = pd.Series(times.astype("datetime64[ns]"), column.index, name=column.name)
    return ParsedTimes(values, remarks, form="iso", zone=zone)


def _look_at_numeric(forms: tuple[Form, ...], cells: list[str]) -> tuple[str, bool]:
    for form in forms:
        if form.name == "numeric":
            found = next(filter(None, map(form.compiled.match, cells)))
            return found["mark"], bool(found["half"])
    return "/", False


def _are_numbers(cells: list[str]) -> bool:
    fitting = sum(bool(_NUMBER.fullmatch(cell)) for cell in cells)
    return fitting >= (1 - WORST_UNREADABLE_SHARE) * len(cells)


def _parse_digits(array: pa.Array, column: pd.Series, plan: ReadingPlan) -> ParsedTimes | None:
    """Read text of digits as numbers are read; steps are none of text's."""
    is_number = pc.fill_null(pc.match_substring_regex(array, r"^[+-]?\d{1,19}(\.\d+)?$"), False)
    digits = pc.if_else(is_number, array, pa.scalar(None, array.type))
    try:
        numbers = pc.cast(digits, pa.int64()).to_pandas(types_mapper=pd.ArrowDtype)
        typed = numbers.astype("Int64")
    except pa.ArrowInvalid:
        typed = pc.cast(digits, pa.float64()).to_pandas().astype("float64")
    typed.index, typed.name = column.index, column.name
    parsed = parse_numbers(typed, plan.time_form, plan.date_order)
    return parsed if parsed is not None and parsed.is_calendar else None


def _parse_by_signs(array: pa.Array, column: pd.Series, form: str) -> ParsedTimes | None:
    cells = pd.Series(array.to_pandas(), dtype="str")
    try:
        times = pd.to_datetime(cells, format=form, errors="coerce", utc="%z" in form)
    except (ValueError, TypeError):
        return None
    times.index, times.name = column.index, column.name
    if not times.notna().any():
        return None
    return replace(_drop_zone(times), form=form)


def _drop_zone(times: pd.Series) -> ParsedTimes:
    zone = getattr(times.dtype, "tz", None)
    if zone is None:
        return ParsedTimes(times)
    given = times.dropna()
    if (given == given.dt.normalize()).all():
        return ParsedTimes(times.dt.tz_localize(None), zone="")
    told = (
        () if str(zone) == "UTC" else (Remark("zone", "Times with a zone were turned into UTC."),)
    )
    return ParsedTimes(times.dt.tz_convert("UTC").dt.tz_localize(None), told, zone="UTC")


def _bound(parsed: ParsedTimes) -> ParsedTimes:
    """Drop times that no ``datetime64[ns]`` of ours holds, and set the unit."""
    times = parsed.values
    return replace(parsed, values=times.where(times.between(_EARLIEST, _LATEST)).dt.as_unit("ns"))


def _judge(parsed: ParsedTimes, num_given: int, array: pa.Array | None) -> ParsedTimes | None:
    """Return what reads nearly all cells, with the others by name; None for less."""
    num_read = int(parsed.values.notna().sum())
    num_lost = num_given - num_read
    allowed = max(1 if num_given >= _FEWEST_WITH_ONE_BAD else 0, WORST_UNREADABLE_SHARE * num_given)
    if not num_read or num_lost > allowed:
        return None
    if not num_lost or array is None:
        return parsed
    is_lost = parsed.values.isna().to_numpy() & pc.is_valid(array).to_numpy(zero_copy_only=False)
    places = np.flatnonzero(is_lost)
    words = list(dict.fromkeys(array.take(pa.array(places[:1_000])).to_pylist()))
    told = (
        f'{count_words(num_lost, "cell")} of "{str(parsed.values.name)[:40]}" can\'t be read as '
        f"{'a time and counts' if num_lost == 1 else 'times and count'} as missing: "
        f"{list_names(words)}."
    )
    remark = Remark("unreadable_times", told, tuple((places[:_MOST_PLACES] + 1).tolist()))
    return replace(parsed, remarks=(*parsed.remarks, remark))
