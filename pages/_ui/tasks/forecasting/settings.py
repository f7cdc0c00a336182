"""The settings of a forecast: how far, from how much, and how it is judged."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from lstm_core.charts.forecasting.preparing import draw_before_after
from lstm_core.data.columns.derived import group_levels
from lstm_core.tasks.forecasting.framing.calendar import list_cycles
from lstm_core.tasks.forecasting.framing.inputs.adding import list_covariates, tells_days
from lstm_core.tasks.forecasting.framing.inputs.days import list_exchanges, title_countries
from lstm_core.tasks.forecasting.framing.previewing import (
    count_limited,
    find_most_limited,
    preview_outliers,
)
from lstm_core.tasks.kind import PartSizes
from lstm_core.tasks.registry import find_kind
from pages._ui.settings.setting_form import SettingForm
from pages._ui.shell.figures import recall_figure
from pages._ui.shell.plotly_options import PLOTLY_CONFIG
from pages._ui.tasks.face import SettingGroup


def ask_first(form: SettingForm) -> None:
    """Ask how far, and from how much."""
    left, right = st.columns(2)
    with left:
        form.whole("task.horizon")
    with right:
        form.whole("task.lookback")


def ask_of_network(form: SettingForm) -> None:
    """Ask whether several targets are predicted together."""
    if len(form.outlook.collection.roles.targets) > 1:
        form.choice("model.mixing")


def _edit_values(form: SettingForm) -> None:
    is_built = not _comes_trained(form)
    left, right = st.columns(2)
    with left:
        form.whole("task.season")
        if is_built:
            form.choice("task.transform")
            form.choice("task.scaling")
        form.choice("task.outliers")
    with right:
        if is_built:
            form.choice("task.window_normalisation")
            task = form.outlook.spec.task
            if task.strategy == "direct" or task.season_ahead:
                form.whole("task.season_ahead")
        if is_built or form.outlook.spec.task.strategy != "direct":
            form.choice("task.strategy")
        form.choice("task.shrink")
        form.choice("task.floor")
    resolved = form.outlook.resolved
    if resolved is not None and resolved.task.outliers != "none":
        _show_outliers(preview_outliers(dataset=form.outlook.collection, spec=resolved))


def _comes_trained(form: SettingForm) -> bool:
    """Whether the draft's network brings a way of its own to look at values."""
    return (form.outlook.resolved or form.outlook.spec).model.comes_trained


def _show_outliers(preview: pd.DataFrame) -> None:
    """Show what would be drawn in, of the line where there is most of it."""
    count, total, later = count_limited(preview)
    st.caption(
        f"{count:,} of {total:,} values of the training part are drawn in, and {later:.1%} of "
        "those after it, by the same limits."
    )
    line = find_most_limited(preview)
    if line is None:
        return
    st.plotly_chart(
        recall_figure(draw_before_after, line),
        key="model.outliers",
        config=PLOTLY_CONFIG,
        alt="The values over time, outliers marked as they were and as they are read.",
    )


def _edit_inputs(form: SettingForm) -> None:
    dataset, task = form.outlook.collection, form.outlook.spec.task
    if _comes_trained(form):
        st.caption(
            "The pre-trained LSTM reads the past of what it predicts, and nothing else. What was "
            "chosen here stays for other networks."
        )
        if tells_days(dataset) or task.exchange:
            form.pick("task.exchange", {code: code for code in list_exchanges()})
        return
    if list_covariates(dataset.roles, form.outlook.spec) or task.covariates:
        form.choice("task.covariates")
    cycles = list_cycles(dataset)
    if cycles or task.calendar:
        form.several("task.calendar", cycles)
    if _tries_calendar(form) or task.calendar_read:
        form.choice("task.calendar_read")
    if task.categories != "one_hot" or group_levels(dataset.roles.columns):
        form.choice("task.categories")
    left, right = st.columns(2)
    if tells_days(dataset) or task.holidays or task.exchange:
        with left:
            form.pick("task.holidays", title_countries())
            if task.holidays:
                form.switch("task.holiday_neighbours")
        with right:
            form.pick("task.exchange", {code: code for code in list_exchanges()})
    if task.strategy == "direct" or task.lags or task.rolling or task.changes:
        with left:
            form.numbers("task.lags")
            form.several("task.changes", form.words["task.changes"].values)
        with right:
            form.numbers("task.rolling")
            if task.rolling:
                form.several("task.statistics", form.words["task.statistics"].values)
    with left:
        form.columns("task.products", dataset.roles.columns)
        if task.products:
            form.whole("task.degree")
    with right:
        form.switch("task.mask")


def _tries_calendar(form: SettingForm) -> bool:
    resolved = form.outlook.resolved
    return resolved is not None and bool(resolved.task.calendar_tried)


def _edit_judging(form: SettingForm) -> None:
    sizes = None
    if form.outlook.resolved is not None:
        sizes = find_kind(form.outlook.resolved).measure_parts(
            form.outlook.resolved, form.outlook.collection
        )
        st.caption(_say_parts(sizes))
    left, right = st.columns(2)
    with left:
        form.share("task.test_fraction")
        if sizes is not None and sizes.is_stretched:
            st.caption(
                ":material/info: That is less than one horizon, so one horizon is kept: "
                f"{sizes.num_test:,} rows."
            )
        form.share("task.validation_fraction")
        form.whole("task.gap")
        if form.outlook.read("task.strategy") == "direct":
            form.choice("task.ranges")
    with right:
        form.whole("task.num_folds")
        form.choice("task.refit")
        if form.outlook.read("task.refit"):
            form.choice("task.window")
        form.whole("task.stride")


def _say_parts(sizes: PartSizes) -> str:
    whose = " of each series, more or less" if sizes.num_series > 1 else ""
    return (
        f"It learns from {sizes.num_training:,} rows{whose}, the next {sizes.num_validation:,} "
        f"decide when to stop, and the last {sizes.num_test:,} judge it."
    )


GROUPS = (
    SettingGroup("values", "The values", ":material/functions:", _edit_values),
    SettingGroup("inputs", "What else it is shown", ":material/input:", _edit_inputs),
    SettingGroup("judging", "How it is judged", ":material/balance:", _edit_judging),
)
