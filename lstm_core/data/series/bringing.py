"""How a table over time comes from a file; see ``data.bringing.Bringing``."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from lstm_core.data.bringing import Brought, Description
from lstm_core.data.columns.roles import RoleChoice, choose_roles
from lstm_core.data.items.reading.files import GivenFile
from lstm_core.data.loading import load_table
from lstm_core.data.series.building.building import build_dataset
from lstm_core.data.series.dataset import Dataset
from lstm_core.data.series.summary import describe_dataset
from lstm_core.data.wording import list_names
from lstm_core.settings import load_settings
from lstm_core.spec import SeriesDataSpec
from lstm_core.spec.options import Option

OPTIONS = (
    Option("target", "data.targets", "the column to predict", is_repeated=True),
    Option("time", "data.time", 'the column of times, or "#row"'),
    Option("series", "data.series", "the column that tells series apart"),
    Option(
        "source",
        "data.source",
        "where DATA comes from, if not from a file: yahoo (DATA are tickers), fred (ids of series) "
        "or sample (its name)",
        metavar="SOURCE",
    ),
)
FILE_SOURCE = "csv"
MOST_FILES: int | None = 1


def begin_section(name: str) -> dict[str, Any]:
    return {"source": FILE_SOURCE, "name": name}


def bring(data: SeriesDataSpec, files: Sequence[GivenFile]) -> Brought:
    content = files[0].content if files else None
    table = load_table(data, content, cache_folder=load_settings().cache_folder)
    choice = choose_roles(table, data)
    return Brought(build_dataset(table, data, choice), tuple(say_choice(choice)))


def bring_newer(data: SeriesDataSpec, files: Sequence[GivenFile]) -> Dataset:
    """Read it as the run did; where its rows left nothing open, several at one time have a mean."""
    data = data.model_copy(update={"reading": data.reading.fill(repeats="mean")})
    return build_dataset(load_table(data, files[0].content), data)


def describe(collection: Dataset) -> Description:
    summary = describe_dataset(collection)
    return Description(summary.title, tuple(summary.notes))


def say_choice(choice: RoleChoice) -> list[str]:
    """Say why this column is predicted where nobody named one, and which others there were."""
    if not choice.reason or not choice.others:
        return []
    (target,) = choice.spec.targets
    lead = "Chosen" if choice.is_clear else "A guess"
    names = list_names([target])
    return [
        f"{lead} to be predicted: {names}. {choice.reason} Others that could be, by --target: "
        f"{list_names(choice.others)}."
    ]
