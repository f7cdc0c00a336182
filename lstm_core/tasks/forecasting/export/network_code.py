"""The network as a function that builds it: the steps of its ``wiring``, written out.

Only what the spec needs is in it: what a window's level needs no scale for has none.
"""

from __future__ import annotations

from collections.abc import Sequence

from lstm_core.export.code import Section, join_definitions, write_call, write_function
from lstm_core.export.source import cut_definitions
from lstm_core.export.steps_code import write_steps
from lstm_core.tasks.forecasting.export.sources import SOURCES
from lstm_core.tasks.forecasting.network.frame import NetworkFrame
from lstm_core.tasks.forecasting.network.wiring import (
    list_back,
    list_decoding,
    list_front,
    list_inputs,
)


def write_network(frame: NetworkFrame) -> list[Section]:
    """Return the layers that Keras does not bring, where there are any, and the network."""
    inlined: dict[str, str] = {}
    parts = [step for part in list_decoding(frame) for step in part.steps]
    body = [
        *write_steps([*list_inputs(frame), *list_front(frame)], inlined),
        "",
        *write_steps(frame.plan.list_steps(), inlined),
        "",
        *write_steps([*parts, *list_back(frame)], inlined),
        f"return keras.Model({_write_inputs(frame.inputs)}, {inlined['restored']})",
    ]
    precision = frame.spec.training.precision
    blocks: list[str] = []
    if precision != "float32":
        blocks.append(write_call("keras.config.set_dtype_policy", precision))
    network = write_function(
        "build_network()", "From windows to predictions, all of them scaled.", body
    )
    blocks.append(network)
    sections = []
    definitions = cut_definitions(network, SOURCES)
    if definitions:
        note = "What Keras does not bring."
        sections.append(Section("Own layers", note, join_definitions(definitions)))
    note = "Each call draws new weights. Behind each layer stands the shape that it gives."
    sections.append(Section("The network", note, join_definitions(blocks)))
    return sections


def _write_inputs(names: Sequence[str]) -> str:
    if len(names) == 1:
        return names[0]
    return "{" + ", ".join(f'"{name}": {name}' for name in names) + "}"
