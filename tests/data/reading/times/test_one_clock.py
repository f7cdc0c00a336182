"""Zones, summer time, and the clock that all times are put on."""

from __future__ import annotations

import pandas as pd
import pytest

from lstm_core.data.reading.times import ParsedTimes, parse_times
from lstm_core.spec.reading import ReadingPlan

HOURS = pd.date_range("2024-10-25", periods=96, freq="h", tz="UTC")


def read(cells: list[str], name: str = "time", zone: str | None = None) -> ParsedTimes:
    parsed = parse_times(pd.Series(cells, name=name, dtype="str"), ReadingPlan(zone=zone))
    assert parsed is not None
    return parsed


def kinds(parsed: ParsedTimes) -> list[str]:
    return [remark.kind for remark in parsed.remarks]


def with_offset(times: pd.DatetimeIndex, zone: str) -> list[str]:
    return [time.isoformat() for time in times.tz_convert(zone)]


@pytest.mark.parametrize("zone", ["Europe/Berlin", "America/New_York", "Australia/Sydney"])
@pytest.mark.parametrize("start", ["2024-03-08", "2024-03-29", "2024-10-25", "2024-11-01"])
def test_offsets_that_change_make_one_regular_time(zone: str, start: str) -> None:
    times = pd.date_range(start, periods=96, freq="h", tz="UTC")
    parsed = read(with_offset(times, zone))
    assert parsed.values.tolist() == times.tz_localize(None).tolist()
    assert parsed.zone == "UTC"
    assert kinds(parsed) == ["zone"]


def test_a_region_behind_the_offset() -> None:
    cells = [f"{cell}[Europe/Berlin]" for cell in with_offset(HOURS, "Europe/Berlin")]
    assert read(cells).values.tolist() == HOURS.tz_localize(None).tolist()


def test_a_region_without_an_offset_goes_by_the_order_of_rows() -> None:
    cells = [f"{time:%Y-%m-%d %H:%M} Europe/Berlin" for time in HOURS.tz_convert("Europe/Berlin")]
    assert read(cells).values.tolist() == HOURS.tz_localize(None).tolist()


def test_names_of_zones() -> None:
    cells = [f"{time:%Y-%m-%d %H:%M %Z}" for time in HOURS.tz_convert("Europe/Berlin")]
    assert "CEST" in cells[0]
    assert "CET" in cells[-1]
    assert read(cells).values.tolist() == HOURS.tz_localize(None).tolist()


def test_letters_of_meters_behind_compact_times() -> None:
    local = HOURS.tz_convert("America/Halifax")
    cells = [f"{time:%Y%m%d%H%M%S}{'AD' if time.dst() else 'AS'}" for time in local]
    assert read(cells).values.tolist() == HOURS.tz_localize(None).tolist()


def test_midnights_of_one_place_stay_days() -> None:
    days = pd.date_range("2024-03-01", periods=60, tz="Europe/Berlin")
    parsed = read([str(day) for day in days])
    assert parsed.values.tolist() == days.tz_localize(None).tolist()
    assert parsed.zone == ""


def test_midnights_of_one_place_in_universal_time_are_days() -> None:
    days = pd.date_range("2024-03-01", periods=60, tz="Europe/Berlin")
    cells = [f"{day:%Y-%m-%dT%H:%M:%SZ}" for day in days.tz_convert("UTC")]
    assert read(cells).values.tolist() == days.tz_localize(None).tolist()


def test_a_plan_says_in_which_zone_times_are_shown() -> None:
    cells = with_offset(HOURS[:24], "Europe/Berlin")
    there = read(cells, zone="America/New_York")
    assert (
        there.values.tolist()
        == HOURS[:24].tz_convert("America/New_York").tz_localize(None).tolist()
    )
    as_written = read(cells, zone="")
    assert (
        as_written.values.tolist()
        == HOURS[:24].tz_convert("Europe/Berlin").tz_localize(None).tolist()
    )


@pytest.mark.parametrize("zone", ["Europe/Berlin", "America/Chicago", "Australia/Sydney"])
@pytest.mark.parametrize("minutes", [60, 30, 15, 1])
@pytest.mark.parametrize("is_falling", [False, True])
def test_local_hours_that_are_doubled_or_left_out_run_on(
    zone: str, minutes: int, is_falling: bool
) -> None:
    for day in ("2024-03-09", "2024-03-30", "2024-04-06", "2024-10-05", "2024-10-26", "2024-11-02"):
        times = pd.date_range(day, periods=72 * 60 // minutes, freq=f"{minutes}min", tz="UTC")
        local = times.tz_convert(zone)
        even = times - times[0] + local[0].tz_localize(None)
        order = slice(None, None, -1 if is_falling else 1)
        parsed = read(list(local.strftime("%d.%m.%Y %H:%M"))[order])
        assert parsed.values.tolist() == even[order].tolist(), day
        assert ("dst" in kinds(parsed)) == (local[0].utcoffset() != local[-1].utcoffset())


def test_a_gap_by_day_and_a_row_twice_are_no_summer_time() -> None:
    hours = pd.date_range("2024-10-25", periods=96, freq="h")
    cells = list(hours.delete([30]).strftime("%Y-%m-%d %H:%M"))
    assert "dst" not in kinds(read(cells))
    doubled = list(hours.insert(30, hours[30]).strftime("%Y-%m-%d %H:%M"))
    assert read(doubled).values.duplicated().sum() == 1


def test_times_whose_name_says_utc_are_left_alone() -> None:
    local = HOURS.tz_convert("Europe/Berlin")
    parsed = read(list(local.strftime("%Y-%m-%d %H:%M")), "MTU (UTC)")
    assert parsed.values.duplicated().sum() == 1
