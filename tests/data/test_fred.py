from pathlib import Path

import pytest

from lstm_core.data.columns.roles import choose_roles
from lstm_core.data.series.building.building import build_dataset
from lstm_core.data.sources.online.fetching import fetch_table
from lstm_core.data.sources.online.fred import Fred
from lstm_core.errors import DataError, SourceError, SpecError
from lstm_core.spec import SeriesDataSpec
from lstm_core.spec.download import DownloadPlan
from tests.data.canned_fred import Answer, CannedFred, good, too_many, unplugged


def test_a_series_is_a_column_of_its_name_and_gaps_stay(tmp_path: Path) -> None:
    table = fetch_table(Fred(CannedFred()), " unrate ", cache_folder=tmp_path)
    assert list(table.frame.columns) == ["date", "UNRATE"]
    assert table.frame["date"].dt.strftime("%Y-%m").tolist()[:2] == ["2024-01", "2024-02"]
    assert table.frame["UNRATE"].isna().tolist() == [False, False, True, False]
    spec = SeriesDataSpec(source="fred", name=table.name)
    assert build_dataset(table, spec, choose_roles(table, spec)).frequency.alias == "MS"


def test_the_older_heading_is_read(tmp_path: Path) -> None:
    table = fetch_table(Fred(CannedFred()), "GDP", cache_folder=tmp_path)
    assert table.frame["GDP"].tolist()[:2] == [28296.967, 28624.069]


def test_several_stand_below_or_beside_each_other(tmp_path: Path) -> None:
    below = fetch_table(Fred(CannedFred()), "UNRATE, PAYEMS", cache_folder=tmp_path)
    assert list(below.frame.columns) == ["date", "series", "value"]
    assert below.frame["series"].unique().tolist() == ["UNRATE", "PAYEMS"]
    plan = DownloadPlan(layout="columns")
    beside = fetch_table(Fred(CannedFred()), "UNRATE, PAYEMS", plan, cache_folder=tmp_path)
    assert list(beside.frame.columns) == ["date", "UNRATE", "PAYEMS"]
    assert len(beside.frame) == 4


@pytest.mark.parametrize(
    ("plan", "asked"),
    [
        ({}, {"id": "UNRATE"}),
        (
            {"start": "2020-01-01", "end": "2023-12-31"},
            {"id": "UNRATE", "cosd": "2020-01-01", "coed": "2023-12-31"},
        ),
    ],
)
def test_dates_go_into_the_address(plan: dict[str, str], asked: dict[str, str]) -> None:
    session = CannedFred()
    fetch_table(Fred(session), "UNRATE", DownloadPlan.model_validate(plan))
    assert session.asked == [asked]


def test_a_period_becomes_a_first_day() -> None:
    session = CannedFred()
    fetch_table(Fred(session), "UNRATE", DownloadPlan(period="5y"))
    assert session.asked[0]["cosd"] < "2100"
    assert "coed" not in session.asked[0]


@pytest.mark.parametrize("name", ["", "A B", "../etc", "GDP&id=X", "A" * 31, "ÄPL", "G.DP", "^X"])
def test_what_is_no_id_reaches_no_address(name: str, tmp_path: Path) -> None:
    session = CannedFred()
    with pytest.raises(SpecError, match="is not the id of a series"):
        fetch_table(Fred(session), name, cache_folder=tmp_path)
    assert session.asked == []


@pytest.mark.parametrize("plan", [{"interval": "1wk"}, {"columns": "Close"}])
def test_what_fred_has_no_choice_of_is_refused(plan: dict[str, str]) -> None:
    with pytest.raises(SpecError, match="no choice of"):
        fetch_table(Fred(CannedFred()), "GDP", DownloadPlan.model_validate(plan))


def test_an_unknown_series_is_no_trouble_of_the_network(tmp_path: Path) -> None:
    with pytest.raises(DataError, match='no series "NOSUCH"'):
        fetch_table(Fred(CannedFred()), "NOSUCH", cache_folder=tmp_path)


@pytest.mark.parametrize(
    ("status", "text", "said"),
    [
        (503, "<html>down</html>", "trouble of its own"),
        (403, "<html>no</html>", "did not let this program in"),
        (200, "<!DOCTYPE html><html><p>Back, soon</p></html>", "something else than the values"),
        (200, "", "something else than the values"),
        (200, "date,GDP\nsoon,1\n", "something else than the values"),
        (200, "date,GDP\n2024-01-01,high\n", "something else than the values"),
        (200, "date,GDP,X\n2024-01-01,1,2\n", "something else than the values"),
        (200, "date,GDP\n", "no values"),
        (200, "date,GDP\n2024-01-01,.\n", "no values"),
    ],
)
def test_what_fred_did_is_told(status: int, text: str, said: str, tmp_path: Path) -> None:
    with pytest.raises(SourceError, match=said) as caught:
        fetch_table(Fred(CannedFred(lambda _: (status, text))), "GDP", cache_folder=tmp_path)
    assert "CSV file" in caught.value.remedy
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("answer", [too_many, unplugged])
def test_patience_and_copies_are_those_of_every_source(answer: Answer, tmp_path: Path) -> None:
    waits: list[float] = []
    with pytest.raises(SourceError):
        fetch_table(Fred(CannedFred(answer)), "GDP", cache_folder=tmp_path, wait=waits.append)
    assert waits == ([2.0, 4.0] if answer is too_many else [])
    first = fetch_table(Fred(CannedFred(good)), "GDP", cache_folder=tmp_path)
    again = fetch_table(Fred(CannedFred(answer)), "GDP", cache_folder=tmp_path)
    assert again.frame.equals(first.frame)
    told = fetch_table(
        Fred(CannedFred(answer)), "GDP", cache_folder=tmp_path, anew=True, wait=waits.append
    )
    assert any("are a copy" in note for note in told.notes)
