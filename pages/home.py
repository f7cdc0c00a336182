"""Home: what this is, one button that shows it, and the ways in."""

import streamlit as st

from lstm_core.data.sources.showcases import LESSON, WIN
from pages._ui.data.kinds.registry import list_tasks
from pages._ui.data.sample_cards import show_samples
from pages._ui.data.submission import submit_showcase, train_button
from pages._ui.run.run_list import show_recent_runs

with st.container(key="home_hero"):
    st.title("Train an LSTM on your own data. Watch it learn. Know whether to trust it.")
    st.markdown(
        "Bring numbers over time and get a forecast; bring texts, signals or symbols with labels "
        "and get a judge of new ones. Beside it stand the cheap rules that it has to beat, and "
        "one honest sentence on whether it did."
    )
    with st.container(horizontal=True):
        watch = train_button("home.watch", WIN.label)
        if st.button("Use my own data", key="home.own", icon=":material/upload_file:"):
            st.switch_page("pages/data.py")
    st.caption(WIN.sentence)
    if watch:
        submit_showcase("home.watch", WIN)
    with st.container(horizontal=True, vertical_alignment="center", key="home_lesson"):
        lesson = train_button("home.lesson", LESSON.label, primary=False)
        st.caption(LESSON.sentence)
    if lesson:
        submit_showcase("home.lesson", LESSON)

show_recent_runs()

st.header("Or try a sample")
for task in list_tasks("sample"):
    show_samples(task)
