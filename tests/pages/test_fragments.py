"""What goes wrong in a part of a page, or in what a button does, is told as what it is."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from lstm_core.errors import NotFoundError
from pages._ui.server.lifecycle import report_fault

PAGES = Path(__file__).parents[2] / "pages"
OURS = PAGES / "_ui" / "shell" / "fragments.py"


def show_with_an_error_in_it() -> None:
    import streamlit as st

    from lstm_core.errors import DataError
    from pages._ui.shell.fragments import fragment

    @fragment()
    def show(name: str) -> None:
        st.text("before")
        raise DataError(f"The file {name} is empty.", "Choose another.")

    @fragment(run_every=60)
    def show_more() -> None:
        st.text("after")

    show("a*b.csv")
    show_more()


def show_a_fault() -> None:
    import streamlit as st

    from tests.pages.test_fragments import say

    say()
    st.text("after")


def say() -> None:
    report_fault(NotFoundError("There is no such run.", "It may have been deleted."))


def test_an_error_in_a_fragment_is_shown_and_the_rest_of_the_page_stays() -> None:
    app = AppTest.from_function(show_with_an_error_in_it).run()
    assert not app.exception
    (error,) = app.error
    assert error.value == "**The file a\\*b\\.csv is empty\\.**\n\nChoose another\\."
    assert [text.value for text in app.text] == ["before", "after"]


def test_an_error_for_people_is_no_defect_of_ours_wherever_it_comes_from() -> None:
    app = AppTest.from_function(show_a_fault).run()
    (error,) = app.error
    assert error.value == "**There is no such run\\.**\n\nIt may have been deleted\\."


def test_what_is_no_error_for_people_is_logged(caplog: pytest.LogCaptureFixture) -> None:
    assert report_fault(ZeroDivisionError("ours"))
    assert "ZeroDivisionError: ours" in caplog.text


def list_bare_fragments(source: str) -> list[int]:
    """Return the lines on which Streamlit's own fragment is named."""
    return [
        node.lineno
        for node in ast.walk(ast.parse(source))
        if (
            isinstance(node, ast.Attribute)
            and node.attr == "fragment"
            and isinstance(node.value, ast.Name)
        )
        or (
            isinstance(node, ast.ImportFrom)
            and (node.module or "").startswith("streamlit")
            and any(alias.name == "fragment" for alias in node.names)
        )
    ]


def test_no_page_has_a_fragment_that_lets_errors_out() -> None:
    files = [file for file in PAGES.rglob("*.py") if file != OURS]
    assert len(files) > 50
    found = [f"{file}:{line}" for file in files for line in list_bare_fragments(file.read_text())]
    assert found == []
    assert list_bare_fragments(OURS.read_text())
    assert list_bare_fragments("from streamlit import fragment as part")
