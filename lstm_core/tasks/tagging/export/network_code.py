"""The network as a function that builds it: the steps around and of its plan, written out."""

from __future__ import annotations

from lstm_core.export.code import Section, indent, join_definitions, write_call, write_function
from lstm_core.export.steps_code import write_steps
from lstm_core.tasks.tagging.network.frame import NetworkFrame
from lstm_core.tasks.tagging.network.head import say_tags
from lstm_core.tasks.tagging.network.stem import list_inputs, list_stem

NETWORK = "The network"
"""The title of its section."""


def write_network(frame: NetworkFrame) -> Section:
    """Write ``build_network``."""
    inlined: dict[str, str] = {}
    inputs = list_inputs(frame)
    stem = [step for part in list_stem(frame) for step in part.steps]
    saying = [step for part in say_tags(frame) for step in part.steps]
    given = [step.gives[0] for step in inputs]
    named = indent(f'"{name.removeprefix("given_")}": {name},' for name in given)
    body = [
        *write_steps([*inputs, *stem], inlined),
        "",
        *write_steps(frame.plan.list_steps(), inlined),
        "",
        *write_steps(saying, inlined),
        f"given = {{\n{named}\n}}",
        f"return keras.Model(given, {inlined.get('said', 'said')})",
    ]
    told = "From steps and lengths to what is said of each step's tag; see TagChain."
    network = write_function("build_network()", told, body)
    blocks = [network]
    precision = frame.spec.training.precision
    if precision != "float32":
        blocks.insert(0, write_call("keras.config.set_dtype_policy", precision))
    note = "Each call draws new weights. Behind each layer stands the shape that it gives."
    return Section(NETWORK, note, join_definitions(blocks))
