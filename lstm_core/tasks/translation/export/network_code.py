"""The network as a function that builds it, and one that takes it apart to say unit by unit."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from lstm_core.export.code import (
    Section,
    indent,
    join_definitions,
    write_call,
    write_function,
    write_literal,
)
from lstm_core.export.steps_code import write_steps
from lstm_core.models.parts import Part
from lstm_core.spec.layers.steps import Call, Step
from lstm_core.tasks.translation.network.frame import NetworkFrame
from lstm_core.tasks.translation.network.wiring import (
    MEMORY,
    list_bridge,
    list_decoder,
    list_inputs,
    list_stem,
)

NETWORK = "The network"
"""The title of its section."""


def write_network(frame: NetworkFrame) -> Section:
    """Write ``build_network`` and ``halve_network``."""
    blocks = [_write_whole(frame), _write_halves(frame)]
    precision = frame.spec.training.precision
    if precision != "float32":
        blocks.insert(0, write_call("keras.config.set_dtype_policy", precision))
    note = "Each call draws new weights. Behind each layer stands the shape that it gives."
    return Section(NETWORK, note, join_definitions(blocks))


def _write_whole(frame: NetworkFrame) -> str:
    inlined: dict[str, str] = {}
    inputs = list_inputs()
    given = [step.gives[0] for step in inputs]
    named = indent(f'"{name.removeprefix("given_")}": {name},' for name in given)
    body = [
        *write_steps([*inputs, *_list_steps(list_stem(frame))], inlined),
        "",
        *write_steps(frame.plan.list_steps(), inlined),
        "",
        *write_steps(map(_name_layer, _list_steps(list_bridge(frame))), inlined),
        "",
        *write_steps(map(_name_layer, _list_steps(list_decoder(frame))), inlined),
        f"given = {{\n{named}\n}}",
        f"return keras.Model(given, {inlined.get('said', 'said')})",
    ]
    told = "From what is given and the units before to what speaks for each unit that comes next."
    return write_function("build_network()", told, body)


def _write_halves(frame: NetworkFrame) -> str:
    read = [*([MEMORY] if frame.looks_back else []), *(f"begin_{name}" for name in frame.states)]
    inputs = {
        "given_before": write_call("keras.Input", (1,), dtype="int32", name="before"),
        "lengths": write_call("keras.Input", (), dtype="int32", name="lengths"),
    }
    if frame.looks_back:
        inputs[MEMORY] = write_call("keras.Input", (None, frame.width), name=MEMORY)
    inputs |= {name: write_call("keras.Input", (frame.width,), name=name) for name in frame.states}
    told = ["said", *frame.states, *(["weights"] if frame.looks_back else [])]
    body = [
        "given = {each.name: each for each in network.inputs}",
        f"names = [{', '.join(map(write_literal, read))}]",
        "encoder = keras.Model(",
        '    [given["source"], given["lengths"]],',
        "    [network.get_layer(name).output for name in names],",
        ")",
        *(f"{name} = {made}" for name, made in inputs.items()),
        f"given = [{', '.join(inputs)}]",
        *write_steps(map(_find_layer, _list_steps(list_decoder(frame)))),
        'decoder = keras.Model(given, [{}], name=f"decoder_of_{{number}}")'.format(", ".join(told)),
        f"return Halves(encoder, decoder, {frame.looks_back})",
    ]
    return write_function(
        "halve_network(network, number)", "What reads, and what says a unit after another.", body
    )


def _list_steps(parts: Iterable[Part]) -> list[Step]:
    return [step for part in parts for step in part.steps]


def _name_layer(step: Step) -> Step:
    """Call a layer by its label, so that it is found again."""
    if not isinstance(step.does, Call) or not step.does.label:
        return step
    return replace(step, does=step.does.with_options(name=step.does.label))


def _find_layer(step: Step) -> Step:
    """Take the layer that is there in place of a new one."""
    if not isinstance(step.does, Call):
        return step
    return replace(step, does=Call("network.get_layer", (step.does.label,)))
