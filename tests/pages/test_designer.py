"""What is built layer by layer arrives in the run; what can't be built is not offered."""

from __future__ import annotations

import pytest
from streamlit.testing.v1 import AppTest

from lstm_core.jobs.local.backend import LocalBackend
from lstm_core.jobs.questions.time_batch import BatchTiming, TimeBatch
from lstm_core.models import costs
from lstm_core.runs.stores.store import Store
from lstm_core.spec.layers import (
    AttentionLayer,
    DenseLayer,
    GruLayer,
    Layer,
    LstmLayer,
    SegmentsLayer,
    SequenceDecoder,
    SlstmLayer,
)
from pages._ui.designer.desk import Desk
from tests.pages.tables import SALES, make_days, make_wave, to_csv
from tests.pages.visiting import (
    assert_refused,
    get_draft,
    has_button,
    open_page,
    put_draft,
    read_texts,
    upload,
)

LONG = to_csv({"day": make_days(400), "sales": make_wave(400)})
"""Long enough for a season that a segment LSTM is chosen for."""


@pytest.fixture
def desk_page() -> AppTest:
    """One LSTM on the desk."""
    app = open_page("designer", upload(SALES, "sales.csv"))
    return press(app, "preset_textbook")


@pytest.fixture
def long_page() -> AppTest:
    return open_page("designer", upload(LONG, "long.csv"))


def press(app: AppTest, name: str) -> AppTest:
    app.button(key=f"designer.{name}").click().run()
    assert not app.exception, app.exception
    return app


def get_desk(app: AppTest) -> Desk:
    desk = app.session_state["designer.desk"]
    assert isinstance(desk, Desk)
    return desk


def choose_layer(app: AppTest, number: int) -> AppTest:
    """Select a layer by its number in the list, from 1."""
    app.radio(key="designer.list").set_value(get_desk(app).names[number - 1]).run()
    assert not app.exception, app.exception
    return app


def key_option(app: AppTest, option: str) -> str:
    return f"designer.{get_desk(app).selected}.{option}"


def set_number(app: AppTest, option: str, value: float) -> AppTest:
    app.number_input(key=key_option(app, option)).set_value(value).run()
    assert not app.exception, app.exception
    return app


def get_stack(app: AppTest) -> tuple[Layer, ...]:
    return get_draft(app).spec.model.stack


def list_kinds(app: AppTest) -> list[str]:
    return [layer.kind for layer in get_stack(app)]


def tell(app: AppTest) -> str:
    return " ".join(read_texts(app)).replace("\\", "")


def test_without_data_a_sample_is_a_click_away(store: Store) -> None:
    app = open_page("designer")
    assert [link.proto.page for link in app.page_link] == ["data"]
    press(app, "begin")
    assert get_draft(app).spec.data.name == "sine"
    press(app, "train")
    assert store.runs.list_newest()[0].spec.data.name == "sine"


def test_the_current_architecture_is_laid_out_and_looking_changes_nothing(
    long_page: AppTest,
) -> None:
    assert [layer.kind for layer in get_desk(long_page).design.stack] == [
        "segments",
        "dense",
        "lstm",
    ]
    assert len(long_page.radio(key="designer.list").options) == 4
    choose_layer(long_page, 2)
    assert get_draft(long_page).spec.model.architecture is None


def test_the_first_change_makes_the_network_ones_own(long_page: AppTest, store: Store) -> None:
    choose_layer(long_page, 2)
    set_number(long_page, "units", 20)
    model = get_draft(long_page).spec.model
    assert model.architecture == "custom"
    assert model.decoder is not None
    assert model.decoder.kind == "segments"
    assert isinstance(model.stack[0], SegmentsLayer)
    assert model.stack[1] == DenseLayer(units=20)
    press(long_page, "train")
    assert store.runs.list_newest()[0].spec.model == model


def test_layers_are_added_where_it_is_said(desk_page: AppTest) -> None:
    press(desk_page, "add_gru")
    assert list_kinds(desk_page) == ["lstm", "gru"]
    desk_page.segmented_control(key="designer.where").set_value("before").run()
    press(desk_page, "add_dense")
    assert list_kinds(desk_page) == ["lstm", "dense", "gru"]
    assert get_desk(desk_page).position == 1


def test_each_layer_keeps_its_values_through_moves_copies_and_removals(
    desk_page: AppTest,
) -> None:
    set_number(desk_page, "units", 11)
    press(desk_page, "add_lstm")
    set_number(desk_page, "units", 22)
    press(desk_page, "up")
    assert [layer.units for layer in get_stack(desk_page) if layer.kind == "lstm"] == [22, 11]
    assert desk_page.number_input(key=key_option(desk_page, "units")).value == 22
    choose_layer(desk_page, 2)
    assert desk_page.number_input(key=key_option(desk_page, "units")).value == 11
    press(desk_page, "copy")
    set_number(desk_page, "units", 33)
    press(desk_page, "add_gru")
    choose_layer(desk_page, 1)
    press(desk_page, "remove")
    assert get_stack(desk_page) == (LstmLayer(units=11), LstmLayer(units=33), GruLayer())
    assert desk_page.number_input(key=key_option(desk_page, "units")).value == 11
    choose_layer(desk_page, 2)
    assert desk_page.number_input(key=key_option(desk_page, "units")).value == 33


def test_options_of_every_form_arrive(desk_page: AppTest) -> None:
    desk_page.selectbox(key=key_option(desk_page, "bidirectional")).set_value("concat").run()
    desk_page.slider(key=key_option(desk_page, "dropout")).set_value(0.25).run()
    desk_page.toggle(key=key_option(desk_page, "residual")).set_value(True).run()
    desk_page.selectbox(key=key_option(desk_page, "activation")).set_value("relu").run()
    set_number(desk_page, "forget_bias", -1)
    assert get_stack(desk_page) == (
        LstmLayer(
            bidirectional="concat", dropout=0.25, residual=True, activation="relu", forget_bias=-1
        ),
    )
    desk_page.selectbox(key=key_option(desk_page, "bidirectional")).set_value("nothing").run()
    layer = get_stack(desk_page)[0]
    assert isinstance(layer, LstmLayer)
    assert layer.bidirectional is None


def test_two_changes_at_once_both_count(desk_page: AppTest) -> None:
    desk_page.toggle(key=key_option(desk_page, "residual")).set_value(True)
    set_number(desk_page, "units", 9)
    assert get_stack(desk_page) == (LstmLayer(units=9, residual=True),)


def test_what_cannot_be_done_is_disabled_and_says_why(desk_page: AppTest) -> None:
    remove = desk_page.button(key="designer.remove")
    assert remove.disabled
    assert "It is the only layer" in remove.help.replace("\\", "")
    pooling = desk_page.button(key="designer.add_pooling")
    assert pooling.disabled
    assert "comes last and leaves" in pooling.help.replace("\\", "")
    press(desk_page, "add_attention")
    assert list_kinds(desk_page) == ["lstm", "attention"]
    assert "needs steps to read" in desk_page.button(key="designer.up").help.replace("\\", "")
    desk_page.radio(key="designer.list").set_value("decoder").run()
    decoder = desk_page.button(key="designer.decoder_sequence")
    assert decoder.disabled
    assert "goes on from" in decoder.help.replace("\\", "")


def test_a_decoder_is_chosen_with_its_options(desk_page: AppTest) -> None:
    desk_page.radio(key="designer.list").set_value("decoder").run()
    press(desk_page, "decoder_sequence")
    desk_page.selectbox(key="designer.decoder.attention").set_value("dot").run()
    desk_page.slider(key="designer.decoder.teacher_forcing").set_value(0.5).run()
    assert get_draft(desk_page).spec.model.decoder == SequenceDecoder(
        attention="dot", teacher_forcing=0.5
    )


def test_a_refused_option_stays_to_be_corrected(desk_page: AppTest, store: Store) -> None:
    press(desk_page, "add_slstm")
    set_number(desk_page, "heads", 3)
    assert "can't share evenly" in assert_refused(desk_page)
    assert desk_page.number_input(key=key_option(desk_page, "heads")).value == 3
    assert get_stack(desk_page)[1] == SlstmLayer()
    assert desk_page.button(key="designer.train").disabled
    set_number(desk_page, "heads", 4)
    assert not desk_page.error
    assert get_stack(desk_page)[1] == SlstmLayer(heads=4)
    press(desk_page, "train")
    assert store.runs.list_newest()[0].spec.model.stack[1] == SlstmLayer(heads=4)


def test_a_refused_change_that_comes_with_the_click_stops_it(
    desk_page: AppTest, store: Store
) -> None:
    press(desk_page, "add_slstm")
    desk_page.number_input(key=key_option(desk_page, "heads")).set_value(3)
    press(desk_page, "train")
    assert "can't share evenly" in assert_refused(desk_page)
    assert store.runs.list_newest() == []


def test_what_was_refused_is_forgotten_with_the_next_step(desk_page: AppTest) -> None:
    press(desk_page, "add_slstm")
    set_number(desk_page, "heads", 3)
    choose_layer(desk_page, 1)
    assert not desk_page.error
    choose_layer(desk_page, 2)
    assert desk_page.number_input(key=key_option(desk_page, "heads")).value == 1


def test_a_giant_is_refused_before_it_is_built(
    desk_page: AppTest, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(costs, "measure_memory_bytes", lambda: 2**28)
    set_number(desk_page, "units", 4_096)
    assert "parameters and would need about" in assert_refused(desk_page)
    assert get_stack(desk_page) == (LstmLayer(),)


def test_presets_replace_the_network_and_the_settings_they_speak_of(desk_page: AppTest) -> None:
    press(desk_page, "preset_tiny")
    assert get_draft(desk_page).spec.training.num_seeds == 5
    press(desk_page, "preset_season")
    assert list_kinds(desk_page) == ["segments", "dense", "lstm"]
    assert get_draft(desk_page).spec.training.num_seeds is None


def test_counts_follow_each_change(desk_page: AppTest) -> None:
    def read(label: str) -> str:
        return next(metric.value for metric in desk_page.metric if metric.label == label)

    before = read("Parameters")
    set_number(desk_page, "units", 64)
    assert read("Parameters") != before
    assert int(read("Parameters").replace(",", "")) > 4 * 64 * 64
    assert read("Work for one window").endswith("FLOP")
    assert read("Memory to train").endswith("B")


def test_the_badge_tells_which_option_loses_the_fast_path(desk_page: AppTest) -> None:
    assert "fast path" in tell(desk_page)
    desk_page.selectbox(key=key_option(desk_page, "activation")).set_value("relu").run()
    assert "slow path on a GPU" in tell(desk_page)
    assert "Layer 1 (LSTM): its activation is relu" in tell(desk_page)


def test_an_epoch_is_timed_by_asking(
    desk_page: AppTest, monkeypatch: pytest.MonkeyPatch, may_ask: None
) -> None:
    asked: list[TimeBatch] = []

    def ask(backend: LocalBackend, question: TimeBatch, *_: object) -> BatchTiming:
        asked.append(question)
        return BatchTiming("CPU", 2.0, 0.01, 4.16)

    monkeypatch.setattr(LocalBackend, "ask", ask)
    values = {metric.label: metric.value for metric in desk_page.metric}
    assert values["One epoch"] == "not timed"
    press(desk_page, "time")
    values = {metric.label: metric.value for metric in desk_page.metric}
    assert values["One epoch"] == "4.2 s"
    assert desk_page.button(key="designer.time").disabled
    assert asked[0].spec.model.stack == (LstmLayer(),)
    assert asked[0].num_windows is not None
    set_number(desk_page, "units", 8)
    values = {metric.label: metric.value for metric in desk_page.metric}
    assert values["One epoch"] == "not timed"


def test_what_is_selected_is_explained_with_its_equations(desk_page: AppTest) -> None:
    assert "keeps a cell state that gates write" in tell(desk_page)
    assert "**Forget bias: 1.** Forget-gate bias at the start" in tell(desk_page)
    assert any("h_{t-1}" in formula.value for formula in desk_page.latex)
    press(desk_page, "add_attention")
    assert isinstance(get_desk(desk_page).selected_layer, AttentionLayer)
    assert "Bahdanau" in tell(desk_page)


def test_a_network_that_no_longer_fits_can_be_mended(long_page: AppTest, store: Store) -> None:
    press(long_page, "preset_season")
    open_page("model", long_page)
    long_page.number_input(key="task.lookback").set_value(14).run()
    choose = open_page("designer", long_page)
    choose_layer(choose, 1)
    set_number(choose, "length", 14)
    open_page("model", long_page)
    long_page.number_input(key="task.lookback").set_value(None).run()
    draft = get_draft(long_page)
    shorter = draft.spec.with_values({"task.lookback": 10})
    put_draft(long_page, shorter)
    open_page("designer", long_page)
    assert "needs 14 steps for one segment" in assert_refused(long_page)
    assert not has_button(long_page, "designer.train")
    choose_layer(long_page, 1)
    set_number(long_page, "length", 5)
    assert not long_page.error
    press(long_page, "train")
    layer = store.runs.list_newest()[0].spec.model.stack[0]
    assert layer == SegmentsLayer(length=5)


def test_what_the_network_cannot_mend_leads_to_the_settings(desk_page: AppTest) -> None:
    draft = get_draft(desk_page)
    spec = draft.spec.with_values({"task.horizon": 500})
    put_draft(desk_page, spec)
    desk_page.run()
    assert_refused(desk_page)
    assert [link.proto.page for link in desk_page.page_link] == ["model"]


def test_a_value_beyond_what_is_offered_is_shown(desk_page: AppTest) -> None:
    draft = get_draft(desk_page)
    stack = (LstmLayer(dropout=0.97),)
    put_draft(desk_page, draft.spec.update("model", {"stack": stack}))
    desk_page.run()
    assert not desk_page.exception
    assert desk_page.slider(key=key_option(desk_page, "dropout")).value == 0.97


@pytest.mark.parametrize(
    ("chosen", "architecture", "num_layers"), [("gru", "gru", 1), ("auto", None, 3)]
)
def test_another_network_can_be_chosen_again(
    chosen: str, architecture: str | None, num_layers: int, desk_page: AppTest
) -> None:
    open_page("model", desk_page)
    field = desk_page.selectbox(key="model.architecture")
    assert field.value == "custom"
    field.set_value(chosen).run()
    assert not desk_page.error
    model = get_draft(desk_page).spec.model
    assert (model.architecture, model.stack, model.decoder) == (architecture, (), None)
    open_page("designer", desk_page)
    assert len(get_desk(desk_page).design.stack) == num_layers


def test_the_code_is_shown_on_demand(desk_page: AppTest) -> None:
    assert not desk_page.code
    desk_page.session_state["designer.tab"] = "Code"
    desk_page.run()
    assert not desk_page.exception
    assert "import keras" in desk_page.code[0].value
