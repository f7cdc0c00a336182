"""Home: what this is, one button that shows it, and the ways in."""

import streamlit as st

from lstm_core.data.sources.samples import SAMPLES
from lstm_core.data.sources.showcases import LESSON, WIN
from pages._ui.data.draft import start_draft
from pages._ui.data.submission import submit_showcase, train_button
from pages._ui.run.run_list import show_recent_runs
from pages._ui.shell.addresses import turn_to

with st.container(key="home_hero"):
    st.title("Train an LSTM on your own data. Watch it learn. Know whether to trust it.")
    st.markdown(
        "Bring a table with times and numbers. You get a forecast, the cheap rules of thumb it "
        "has to beat, and one honest sentence on whether it did."
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
columns = st.columns(len(SAMPLES))
for column, sample in zip(columns, SAMPLES.values(), strict=True):
    with column.container(border=True, height="stretch"):
        st.markdown(f"**{sample.title}**")
        st.badge(
            "real data" if sample.real else "synthetic", color="green" if sample.real else "gray"
        )
        st.caption(sample.description)
        if st.button("Look at it", key=f"home.sample_{sample.name}"):
            turn_to("data", draft=start_draft(sample.data).id)
