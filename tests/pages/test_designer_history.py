"""What was done to the network is taken back and done again, after a reload as well."""

from __future__ import annotations

import pytest
from streamlit.testing.v1 import AppTest

from lstm_core.runs.stores.store import Store
from lstm_core.spec.layers import DirectDecoder, GruLayer, Layer, LstmLayer
from tests.pages.tables import SALES
from tests.pages.visiting import (
    get_draft,
    has_button,
    open_again,
    open_page,
    put_draft,
    upload,
)


@pytest.fixture
def desk_page() -> AppTest:
    """A GRU behind an LSTM on the desk."""
    app = open_page("designer", upload(SALES, "sales.csv"))
    press(app, "preset_textbook")
    app.session_state["designer.add"] = True
    app.run()
    return press(app, "add_gru")


def press(app: AppTest, name: str) -> AppTest:
    app.button(key=f"designer.{name}").click().run()
    assert not app.exception, app.exception
    return app


def name_undo(app: AppTest) -> str:
    return str(app.button(key="designer.undo").label).replace("\\", "")


def get_stack(app: AppTest) -> tuple[Layer, ...]:
    return get_draft(app).spec.model.stack


def kinds(app: AppTest) -> list[str]:
    return [layer.kind for layer in get_stack(app)]


def test_nothing_is_offered_before_anything_was_done() -> None:
    app = open_page("designer", upload(SALES))
    assert not has_button(app, "designer.undo")
    assert not has_button(app, "designer.redo")


def test_a_preset_is_taken_back_with_what_it_set_around_the_network(desk_page: AppTest) -> None:
    before = get_draft(desk_page).spec
    press(desk_page, "preset_tiny")
    assert name_undo(desk_page) == "Undo the preset Tiny data"
    assert get_draft(desk_page).spec.training.num_seeds == 5
    press(desk_page, "undo")
    assert get_draft(desk_page).spec == before
    press(desk_page, "redo")
    assert get_draft(desk_page).spec.training.num_seeds == 5
    assert not has_button(desk_page, "designer.redo")


def test_a_deleted_layer_comes_back_and_is_selected(desk_page: AppTest) -> None:
    before = get_stack(desk_page)
    first = desk_page.session_state["designer.desk"].names[0]
    desk_page.radio(key="designer.list").set_value(first).run()
    press(desk_page, "remove")
    assert kinds(desk_page) == ["gru"]
    assert name_undo(desk_page) == "Undo removing Layer 1 (LSTM)"
    press(desk_page, "undo")
    assert get_stack(desk_page) == before
    desk = desk_page.session_state["designer.desk"]
    assert desk.position == 0
    assert desk.selected != first  # its widgets begin anew from what came back


def test_the_history_outlives_a_reload(desk_page: AppTest, store: Store) -> None:
    press(desk_page, "remove")
    again = open_again("designer", desk_page)
    assert kinds(again) == ["lstm"]
    press(again, "undo")
    assert kinds(again) == ["lstm", "gru"]
    press(again, "undo")
    press(again, "undo")
    assert get_stack(again) == ()
    for _ in range(3):
        press(again, "redo")
    assert kinds(open_again("designer", again)) == ["lstm"]
    press(again, "train")
    assert [layer.kind for layer in store.runs.list_newest()[0].spec.model.stack] == ["lstm"]


def test_an_option_is_taken_back_and_its_widget_shows_it(desk_page: AppTest) -> None:
    def units() -> str:
        return f"designer.{desk_page.session_state['designer.desk'].selected}.units"

    default = GruLayer().units
    desk_page.number_input(key=units()).set_value(7).run()
    assert get_stack(desk_page) == (LstmLayer(units=32), GruLayer(units=7))
    assert name_undo(desk_page) == "Undo units of Layer 2 (GRU)"
    press(desk_page, "undo")
    assert desk_page.number_input(key=units()).value == default
    assert desk_page.session_state["designer.desk"].position == 1


def test_a_decoder_is_taken_back_and_its_widgets_show_it(desk_page: AppTest) -> None:
    press(desk_page, "remove")  # no decoder of the kind goes on from a GRU
    desk_page.radio(key="designer.list").set_value("decoder").run()
    press(desk_page, "decoder_sequence")
    desk_page.slider(key="designer.decoder.teacher_forcing").set_value(0.5).run()
    press(desk_page, "undo")
    assert desk_page.slider(key="designer.decoder.teacher_forcing").value == 1.0
    press(desk_page, "undo")
    assert isinstance(get_draft(desk_page).spec.model.decoder, DirectDecoder)
    press(desk_page, "redo")
    press(desk_page, "redo")
    assert desk_page.slider(key="designer.decoder.teacher_forcing").value == 0.5


def test_a_network_that_was_left_for_a_named_one_can_be_had_back(desk_page: AppTest) -> None:
    built = get_stack(desk_page)
    open_page("model", desk_page)
    assert not has_button(desk_page, "designer.undo")
    desk_page.selectbox(key="model.architecture").set_value("gru").run()
    assert get_stack(desk_page) == ()
    press(desk_page, "undo")
    assert get_stack(desk_page) == built
    assert desk_page.selectbox(key="model.architecture").value == "custom"


def test_what_another_tab_did_to_the_network_is_shown(desk_page: AppTest) -> None:
    spec = get_draft(desk_page).spec
    names = desk_page.session_state["designer.desk"].names
    put_draft(desk_page, spec.update("model", {"stack": (spec.model.stack[0], LstmLayer())}))
    desk_page.run()
    desk = desk_page.session_state["designer.desk"]
    assert [layer.kind for layer in desk.design.stack] == ["lstm", "lstm"]
    assert (desk.names[0], desk.position) == (names[0], 1)
