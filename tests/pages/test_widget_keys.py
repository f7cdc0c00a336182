"""Fields that may be emptied: told twice what they show, and used by nobody before."""

from __future__ import annotations

from streamlit.testing.v1 import AppTest


def test_a_field_is_told_twice_whoever_asks_in_between() -> None:
    def draw() -> None:
        import streamlit as st

        from pages._ui.shell.widget_keys import follow_value

        follow_value("number", 8, may_be_emptied=True)
        st.number_input("Number", value=None, key="number")

    app = AppTest.from_function(draw).run()
    told = []
    for _ in range(3):
        told.append(app.number_input[0].proto.set_value)
        app.run()
    assert told == [True, True, False]


def test_the_page_comes_once_more_before_a_field_may_be_used() -> None:
    def draw() -> None:
        import streamlit as st

        from pages._ui.shell.widget_keys import follow_value, widgets_noted

        with widgets_noted():
            usable = follow_value("number", 8, may_be_emptied=True)
            st.number_input("Number", value=None, key="number", disabled=not usable)
            st.session_state["usable"] = [*st.session_state.get("usable", []), usable]

    app = AppTest.from_function(draw).run()
    assert app.session_state["usable"] == [False, True]
    assert not app.number_input[0].disabled
    app.number_input[0].set_value(None).run()
    assert app.session_state["usable"] == [False, True, True]
    assert app.number_input[0].value is None
