"""The network as a function that builds it: the steps around and of its plan, written out."""

from __future__ import annotations

from lstm_core.export.code import Section, join_definitions, write_call, write_function
from lstm_core.export.steps_code import write_steps
from lstm_core.models.carrying import size_states
from lstm_core.spec.layers.steps import go_on_from
from lstm_core.tasks.language.network.frame import NetworkFrame
from lstm_core.tasks.language.network.wiring import list_head, list_inputs, list_stem

NETWORK = "The network"
"""The title of its section."""


def write_network(frame: NetworkFrame) -> Section:
    """Write ``build_network``."""
    inlined: dict[str, str] = {}
    stem = [step for part in list_stem(frame) for step in part.steps]
    saying = [step for part in list_head(frame) for step in part.steps]
    starts = {
        place.number: tuple(
            f"start_{place.number}_{number}" for number, _ in enumerate(size_states(place))
        )
        for place in frame.carrying
    }
    ends = {
        number: tuple(name.replace("start", "end") for name in names)
        for number, names in starts.items()
    }
    inputs = [
        f"{name} = keras.Input(({width},))"
        for place in frame.carrying
        for name, width in zip(starts[place.number], size_states(place), strict=True)
    ]
    layers = [
        step if step.carries is None else go_on_from(step, starts[step.carries], ends[step.carries])
        for step in frame.plan.list_steps()
    ]
    begun = ", ".join(name for names in starts.values() for name in names)
    ended = ", ".join(name for names in ends.values() for name in names)
    body = [
        *write_steps(list_inputs(frame), inlined),
        *inputs,
        *write_steps(stem, inlined),
        "",
        *write_steps(layers, inlined),
        "",
        *write_steps(saying, inlined),
        f"return keras.Model([given, {begun}], [{inlined.get('said', 'said')}, {ended}])",
    ]
    told = "From units and the state before them to what speaks for each next one, and the state."
    blocks = [write_function("build_network()", told, body)]
    precision = frame.spec.training.precision
    if precision != "float32":
        blocks.insert(0, write_call("keras.config.set_dtype_policy", precision))
    note = "Each call draws new weights. Behind each layer stands the shape that it gives."
    return Section(NETWORK, note, join_definitions(blocks))
