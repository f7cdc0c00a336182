"""Recurrent state that goes on from one window to the next: which layers have one, how large."""

from __future__ import annotations

from lstm_core.errors import SpecError
from lstm_core.models.plan import Place, Plan, name_place
from lstm_core.spec.layers.memory.recurrent import RecurrentLayer


def find_carrying(plan: Plan) -> tuple[Place, ...]:
    """Return the places whose state can be carried, in order.

    Raises:
        SpecError: there is none, or another layer's state can't be.
    """
    for place in plan.places:
        refusal = place.layer.why_not_carried
        if refusal:
            raise SpecError(
                f"{name_place(place.number, place.layer)} {refusal}, so its state can't go on "
                "from one window to the next.",
                "Take another layer in its place, or let each window begin anew.",
            )
    carrying = tuple(place for place in plan.places if place.layer.num_states)
    if not carrying:
        raise SpecError(
            "No layer of this network has a state that could go on from one window to the next.",
            "Add an LSTM, or let each window begin anew.",
        )
    return carrying


def size_states(place: Place) -> tuple[int, ...]:
    """Return the widths of the vectors that a recurrent layer's state is made of."""
    layer = place.layer
    assert isinstance(layer, RecurrentLayer)
    return (layer.units,) * layer.num_states
