"""What is read by its bytes is what the patient way reads."""

import pandas as pd
import pytest

from lstm_core.data.reading.times import parse_times, parsing
from lstm_core.data.reading.times.forms import cells as cells_of_forms
from lstm_core.data.reading.times.forms import taking
from lstm_core.data.reading.times.forms.cells import extract

DAYS = pd.Series(pd.date_range("2023-12-20", periods=400, freq="7h"))
IN_BERLIN = DAYS.dt.tz_localize("UTC").dt.tz_convert("Europe/Berlin")
IN_LIMA = IN_BERLIN.dt.tz_convert("America/Lima")


def colon(texts: pd.Series) -> pd.Series:
    return texts.str[:-2] + ":" + texts.str[-2:]


def with_others(texts: pd.Series, *others: str | None) -> pd.Series:
    spoilt = texts.astype(object)
    spoilt.iloc[7 : 7 + len(others)] = others
    return spoilt.astype("str").where(spoilt.notna())


COLUMNS = {
    "iso": DAYS.dt.strftime("%Y-%m-%d %H:%M:%S"),
    "iso, Z": DAYS.dt.strftime("%Y-%m-%dT%H:%MZ"),
    "iso, empty": with_others(DAYS.dt.strftime("%Y-%m-%d %H:%M"), "", None),
    "offsets": IN_BERLIN.dt.strftime("%Y-%m-%dT%H:%M:%S%z"),
    "offsets, colon": colon(IN_LIMA.dt.strftime("%Y-%m-%d %H:%M:%S.%f%z")),
    "offsets, empty": with_others(IN_BERLIN.dt.strftime("%Y-%m-%dT%H:%M%z"), None, ""),
    "offsets, one without": with_others(
        IN_BERLIN.dt.strftime("%Y-%m-%dT%H:%M%z"), "2024-01-01T10:00", "2024-01-01T10:00Z"
    ),
    "offsets, one too far": with_others(
        IN_BERLIN.dt.strftime("%Y-%m-%dT%H:%M%z"), "2024-01-01T10:00+2300"
    ),
    "offsets, 24:00": with_others(
        IN_BERLIN.dt.strftime("%Y-%m-%dT%H:%M%z"), "2024-01-01T24:00+0100"
    ),
    "midnights": pd.Series(
        pd.date_range("2024-01-01", periods=200, tz="Europe/Berlin")
    ).dt.strftime("%Y-%m-%dT%H:%M:%S%z"),
    "german": DAYS.dt.strftime("%d.%m.%Y %H:%M"),
    "german, spoilt": with_others(
        DAYS.dt.strftime("%d.%m.%Y %H:%M"), "31.02.2024 10:00", "1.1.2024 10:00", "??.01.2024 10:00"
    ),
    "german, others of that length": with_others(
        DAYS.dt.strftime("%d.%m.%Y %H:%M"),
        "01/02/2024 10:00",
        "01.02.2024 25:00",
        "01x02x2024x10x00",
    ),
    "slashes": DAYS.dt.strftime("%m/%d/%Y %I:%M %p"),
    "compact": DAYS.dt.strftime("%Y%m%dT%H%M"),
    "words": DAYS.dt.strftime("%d-%b-%Y %H:%M:%S"),
    "zones": DAYS.dt.strftime("%Y/%m/%d %H:%M UTC"),
    "blanks": "  " + DAYS.dt.strftime("%d.%m.%Y %H:%M") + " ",
    "brackets": "[" + DAYS.dt.strftime("%d.%m.%Y %H:%M") + "]",
    "dashed": DAYS.dt.strftime("%d.%m.%Y - %H:%M"),
}


@pytest.mark.parametrize("name", COLUMNS)
def test_both_ways_read_the_same(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    column = COLUMNS[name].rename("when")
    quick = parse_times(column)
    monkeypatch.setattr(parsing, "read_plain_iso", lambda *_: None)
    monkeypatch.setattr(taking, "cut", lambda array, pattern, *_: extract(array, pattern))
    monkeypatch.setattr(cells_of_forms, "_are_tidy", lambda _: False)
    patient = parse_times(column)
    assert quick is not None
    assert patient is not None
    pd.testing.assert_series_equal(quick.values, patient.values)
    assert (quick.remarks, quick.questions) == (patient.remarks, patient.questions)
    assert (quick.form, quick.date_order, quick.zone) == (
        patient.form,
        patient.date_order,
        patient.zone,
    )
