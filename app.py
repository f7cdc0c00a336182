"""LSTM Studio's entry: the pages there are, and the server that shows them.

Streamlit runs this file as ``__main__`` for each session, and imports it once as the server.
"""

import streamlit as st
from starlette.middleware import Middleware

from lstm_core.settings import load_settings
from pages._ui.server.gate import Gate
from pages._ui.server.lifecycle import keep_services, report_fault
from pages._ui.server.sessions_gate import SessionsGate
from pages._ui.shell.addresses import settle_address
from pages._ui.shell.style import PAGE_ICON, apply_style
from pages._ui.shell.turns import take_turn
from pages._ui.shell.widget_keys import widgets_noted

if __name__ == "__main__":
    with take_turn():
        st.set_page_config(page_title="LSTM Studio", page_icon=PAGE_ICON, layout="wide")
        apply_style()
        pages = [
            st.Page("pages/home.py", title="Home", icon=":material/home:", default=True),
            st.Page("pages/data.py", title="Data", icon=":material/table:"),
            st.Page("pages/model.py", title="Model", icon=":material/tune:"),
            st.Page("pages/designer.py", title="Designer", icon=":material/schema:"),
            st.Page("pages/tune.py", title="Tune", icon=":material/query_stats:"),
            st.Page("pages/race.py", title="Race", icon=":material/flag:"),
            st.Page("pages/runs.py", title="Runs", icon=":material/list:"),
            st.Page("pages/run.py", title="Run", visibility="hidden"),
        ]
        settle_address(pages)
        page = st.navigation(pages, position="top")
        with widgets_noted():
            page.run()
else:
    gate = Middleware(
        Gate,
        address=st.get_option("server.address"),
        allowed_hosts=load_settings().allowed_hosts,
    )
    app = st.App(
        __file__,
        lifespan=keep_services,
        on_script_error=report_fault,
        middleware=[gate, Middleware(SessionsGate)],
    )
