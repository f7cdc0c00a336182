from __future__ import annotations

import json

from lstm_core.charts.training.network import ROW_PIXELS, Box, draw_network, find_clicked

BOXES = [
    Box("", "Window", "", "", "20 steps × 1 value", "end"),
    Box("layer1", "LSTM", "8 units", "320 parameters", "8 values", "recurrent", True),
    Box("decoder", "Prediction", "5 steps × 1 value", "45 parameters", "5 steps", "decoder"),
]


def test_each_box_is_drawn_and_can_be_told_by_its_point() -> None:
    figure = draw_network(BOXES)
    assert list(figure.data[0].customdata) == ["", "layer1", "decoder"]
    assert figure.layout.height == len(BOXES) * ROW_PIXELS
    texts = [annotation.text for annotation in figure.layout.annotations]
    for box in BOXES:
        assert any(box.title in text for text in texts)
        assert not box.weight or box.weight in texts
    assert "8 units" in "".join(texts)


def test_between_boxes_stands_the_shape_of_what_flows() -> None:
    annotations = draw_network(BOXES).layout.annotations
    shapes = {note.text: note.y for note in annotations if note.opacity}
    assert shapes == {"20 steps × 1 value": 0.5, "8 values": 1.5}
    assert sum(bool(note.showarrow) for note in annotations) == len(BOXES) - 1


def test_the_selected_box_stands_out_and_none_is_dimmed() -> None:
    bars = draw_network(BOXES).data[0]
    assert bars.marker.line.width[1] > bars.marker.line.width[0] == bars.marker.line.width[2]
    assert bars.unselected.marker.opacity == 1


def test_a_drawing_does_not_catch_a_finger_that_scrolls() -> None:
    layout = draw_network(BOXES).layout
    assert layout.dragmode is False
    assert layout.xaxis.fixedrange
    assert layout.yaxis.fixedrange


def test_names_are_no_markup() -> None:
    text = json.dumps(
        draw_network([Box("a", "<b>x</b>", "$y$", "&", "<i>", "plain")] * 2).to_plotly_json(),
        default=str,
    )
    assert "<i>" not in text
    assert "<b>x" not in text


def test_a_click_names_its_box() -> None:
    assert find_clicked([{"customdata": "layer1"}]) == "layer1"
    assert find_clicked([{"customdata": ["layer2"]}]) == "layer2"
    assert find_clicked([{"customdata": ""}]) == ""
    assert find_clicked([]) == ""
