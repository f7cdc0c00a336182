"""The network as a function that builds it: the steps of its ``wiring``, written out."""

from __future__ import annotations

from lstm_core.export.code import Section, join_definitions, write_call, write_function
from lstm_core.export.source import cut_definitions
from lstm_core.export.steps_code import write_steps
from lstm_core.tasks.classification.export.sources import SOURCES
from lstm_core.tasks.classification.network.frame import NetworkFrame
from lstm_core.tasks.classification.network.wiring import list_answering, list_inputs, list_stem


def write_network(frame: NetworkFrame) -> list[Section]:
    """Return the layers that Keras does not bring, where there are any, and the network."""
    inlined: dict[str, str] = {}
    stem = [step for part in list_stem(frame) for step in part.steps]
    answering = [step for part in list_answering(frame) for step in part.steps]
    body = [
        *write_steps([*list_inputs(frame), *stem], inlined),
        "",
        *write_steps(frame.plan.list_steps(), inlined),
        "",
        *write_steps(answering, inlined),
        f'return keras.Model({{"steps": given, "lengths": given_lengths}}, {_take(inlined)})',
    ]
    told = "From steps and lengths to the logarithm of each label's probability."
    network = write_function("build_network()", told, body)
    precision = frame.spec.training.precision
    blocks = [network]
    if precision != "float32":
        blocks.insert(0, write_call("keras.config.set_dtype_policy", precision))
    sections = []
    if definitions := cut_definitions(network, SOURCES):
        note = "What Keras does not bring. Each is told where an item ends: padding is nobody's."
        sections.append(Section("Own layers", note, join_definitions(definitions)))
    note = "Each call draws new weights. Behind each layer stands the shape that it gives."
    sections.append(Section("The network", note, join_definitions(blocks)))
    return sections


def _take(inlined: dict[str, str]) -> str:
    return inlined.get("said", "said")
