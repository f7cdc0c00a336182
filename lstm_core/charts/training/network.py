"""A network as a column of boxes, from the window to the prediction."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import plotly.graph_objects as go

from lstm_core.charts.core.palette import ACTUAL, BASELINE, FORECAST, LINES, MODEL, label_name

Role = Literal["end", "recurrent", "shape", "attention", "plain", "decoder"]

ROW_PIXELS = 92
BOX_SHARE = 0.6
"""Of a row's height; an arrow with the shape of what flows takes the rest."""

_COLOURS: dict[Role, str] = {
    "end": ACTUAL,
    "recurrent": MODEL,
    "shape": LINES[2],
    "attention": BASELINE,
    "plain": LINES[4],
    "decoder": FORECAST,
}

_TINTS = {False: 0.14, True: 0.34}
"""How strongly a box is filled, and one that is selected."""

_ROUNDNESS_PIXELS = 10
_INSET = 0.025


@dataclass(frozen=True)
class Box:
    """One box of the drawing.

    Attributes:
        name: what a click on it stands for; empty where it selects nothing.
        title: its heading.
        detail: what is said beneath it.
        weight: what is said beside it, such as its number of parameters.
        shape: of what comes out of it.
        role: which colour it has.
        is_selected: whether it is drawn as the selected one.
    """

    name: str
    title: str
    detail: str
    weight: str
    shape: str
    role: Role
    is_selected: bool = False


def draw_network(boxes: Sequence[Box]) -> go.Figure:
    """Draw boxes from top to bottom, with the shape of what flows between them.

    The point of each box has its name as ``customdata``.
    """
    figure = go.Figure(_draw_boxes(boxes))
    for row, box in enumerate(boxes):
        _write_into(figure, row, box)
        if row + 1 < len(boxes):
            _add_arrow(figure, row, box.shape)
    figure.update_layout(
        height=ROW_PIXELS * len(boxes),
        margin={"l": 2, "r": 2, "t": 2, "b": 2},
        showlegend=False,
        hovermode="closest",
        dragmode=False,
        clickmode="event+select",
        bargap=0,
    )
    hidden = {"visible": False, "fixedrange": True}
    figure.update_xaxes(range=[0, 1], **hidden)
    figure.update_yaxes(range=[len(boxes) - 0.5 - (1 - BOX_SHARE) / 3, -0.5], **hidden)
    return figure


def find_clicked(points: Sequence[dict[str, object]]) -> str:
    """Return the name of the box that was clicked; empty where none was, or a nameless one."""
    for point in points:
        name = point.get("customdata")
        if isinstance(name, list):
            name = name[0] if name else ""
        if isinstance(name, str):
            return name
    return ""


def _draw_boxes(boxes: Sequence[Box]) -> go.Bar:
    colours = [_COLOURS[box.role] for box in boxes]
    kept = {"marker": {"opacity": 1}}  # a click dims nothing: the selected box is drawn as such
    return go.Bar(
        y=list(range(len(boxes))),
        x=[1 - 2 * 0.003] * len(boxes),
        base=0.003,
        width=BOX_SHARE,
        orientation="h",
        customdata=[box.name for box in boxes],
        marker={
            "color": [
                _tint(colour, _TINTS[box.is_selected])
                for box, colour in zip(boxes, colours, strict=True)
            ],
            "line": {"color": colours, "width": [3 if box.is_selected else 1.2 for box in boxes]},
            "cornerradius": _ROUNDNESS_PIXELS,
        },
        selected=kept,
        unselected=kept,
        hovertemplate=[
            f"<b>{label_name(box.title)}</b><br>{label_name(_say(box))}<extra></extra>"
            for box in boxes
        ],
    )


def _write_into(figure: go.Figure, row: int, box: Box) -> None:
    heading = f"<b>{label_name(box.title)}</b>"
    if box.detail:
        heading += f"<br><span style='font-size:12px'>{label_name(box.detail)}</span>"
    left = {"text": heading, "x": _INSET, "xanchor": "left", "align": "left"}
    right = {"text": label_name(box.weight), "x": 1 - _INSET, "xanchor": "right", "align": "right"}
    for place, size in ((left, 15), (right, 12)):
        figure.add_annotation(
            y=row, yanchor="middle", showarrow=False, font={"size": size}, **place
        )


def _add_arrow(figure: go.Figure, row: int, shape: str) -> None:
    half = BOX_SHARE / 2
    figure.add_annotation(
        x=0.5,
        y=row + 1 - half - 0.02,
        ax=0.5,
        ay=row + half + 0.02,
        xref="x",
        yref="y",
        axref="x",
        ayref="y",
        text="",
        showarrow=True,
        arrowhead=2,
        arrowsize=1.1,
        arrowwidth=1.6,
        arrowcolor=ACTUAL,
    )
    figure.add_annotation(
        x=0.5,
        y=row + 0.5,
        xshift=12,
        xanchor="left",
        yanchor="middle",
        showarrow=False,
        text=label_name(shape),
        font={"size": 12},
        opacity=0.85,
    )


def _say(box: Box) -> str:
    return ", ".join(filter(None, (box.weight, f"gives {box.shape}")))


def _tint(colour: str, strength: float) -> str:
    red, green, blue = (int(colour[start : start + 2], 16) for start in (1, 3, 5))
    return f"rgba({red},{green},{blue},{strength})"
