"""Every button has a name that can be read out, also where it shows an icon alone."""

from __future__ import annotations

import ast
import re
from pathlib import Path

from lstm_core.runs.stores.store import Store
from tests.pages import records
from tests.pages.visiting import open_page
from tests.searches import records as searches

PAGES = Path(__file__).parents[2] / "pages"
WIDGETS = ("button", "download_button", "popover", "page_link", "link_button", "expander")


def list_nameless(source: str) -> list[int]:
    """Return the lines where a widget's label is empty, or an icon and no more."""
    found = []
    for node in ast.walk(ast.parse(source)):
        if not (
            isinstance(node, ast.Call)
            and isinstance(node.func, ast.Attribute)
            and node.func.attr in WIDGETS
        ):
            continue
        given = [key.value for key in node.keywords if key.arg == "label"]
        label = ast.unparse((node.args[:1] or given or [ast.Constant("")])[0]).strip("f'\"")
        if node.func.attr == "page_link":
            label = ast.unparse((given or [ast.Constant("")])[0]).strip("f'\"")
        if re.fullmatch(r"(:material/[^ :]+:)?\s*", label):
            found.append(node.lineno)
    return found


def test_no_button_is_called_after_its_icon() -> None:
    found = [
        f"{file.name}:{line}"
        for file in PAGES.rglob("*.py")
        for line in list_nameless(file.read_text())
    ]
    assert found == []


def test_such_a_button_would_be_found() -> None:
    for line in (
        'st.button("", icon=":material/delete:")',
        'st.button(":material/delete:")',
        'column.button(f":material/{icon}:")',
        'st.page_link("pages/run.py")',
    ):
        assert list_nameless(line) == [1], line


def test_a_run_is_deleted_by_its_name(store: Store) -> None:
    run = records.complete(store, records.make_dataset(name="a*b.csv"))
    label = open_page("runs").button(key=f"runs.delete_{run.id}").label
    assert label == "Delete sales · a\\*b\\.csv"


def test_every_column_of_a_table_has_a_name_and_is_there(store: Store) -> None:
    runs = records.complete(store)
    search = searches.complete_search(store)
    tables = [
        *open_page("run", id=runs.id).dataframe,
        *open_page("tune", id=search.id).dataframe,
    ]
    assert len(tables) >= 3
    for table in tables:
        names = [str(name) for name in table.value.columns]
        assert all(name.strip() for name in names), names
        assert set(table.proto.column_order) <= set(names)
