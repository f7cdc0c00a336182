"""The designer's desk: the draft's network layer by layer, and a name for each that stays.

Widgets around a layer go by its name, not by its place: after a move, a copy or a removal they
still show their own layer.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import count
from typing import Any

import streamlit as st

from lstm_core.models.editing import Design
from lstm_core.spec import ExperimentSpec, ModelSpec
from lstm_core.spec.layers import Layer
from lstm_core.tasks.nouns import Nouns
from lstm_core.tasks.registry import find_kind
from pages._ui.data.draft import Draft
from pages._ui.data.loading import load_draft_collection
from pages._ui.data.outlook import Outlook

DECODER = "decoder"
"""The name of what goes on from the layers."""

_KEY = "designer.desk"


@dataclass(frozen=True)
class Desk:
    """What lies before the person.

    Attributes:
        outlook: the draft's spec and what it comes to.
        filled: the spec with every setting around the network filled in; the network itself may
            still be one that can't be run.
        shape: of one example.
        design: the layers.
        names: of the layers, in their order.
        selected: the name of one of them, or ``DECODER``.
    """

    outlook: Outlook
    filled: ExperimentSpec
    shape: Any
    design: Design
    names: tuple[str, ...]
    selected: str

    @property
    def dataset(self) -> Any:
        return self.outlook.collection

    @property
    def nouns(self) -> Nouns:
        return find_kind(self.filled).nouns

    @property
    def has_decoder(self) -> bool:
        """Whether a person may choose what goes on from the layers."""
        return "model.decoder" not in find_kind(self.filled).unused

    @property
    def position(self) -> int | None:
        """Where the selected layer stands, from 0; None for the decoder."""
        return None if self.selected == DECODER else self.names.index(self.selected)

    @property
    def selected_layer(self) -> Layer | None:
        position = self.position
        return None if position is None else self.design.stack[position]


def lay_out(draft: Draft) -> Desk:
    """Lay the draft's network on the desk; names and selection stay with their layers.

    Raises:
        StudioError: the table, or a setting around the network, can't be used.
    """
    dataset = load_draft_collection(draft)
    before = get_desk()
    if before is not None and _speaks_of(before.outlook, draft.spec, dataset):
        outlook = before.outlook
    else:
        outlook = Outlook.of(draft.spec, dataset)
    filled = outlook.resolved or _fill_around(outlook)
    kind = find_kind(filled)
    shape = outlook.recall(
        f"shape of {filled.fingerprint}", lambda: kind.shape_examples(filled, outlook.collection)
    )
    design = kind.open_design(filled, shape)
    if before is not None and before.design.decoder != design.decoder:
        _forget_decoder()
    if before is None:
        names = tuple(name_new() for _ in design.stack)
        selected = names[_guess_interest(design.stack)]
    else:
        names, selected = _follow(before, design)
    desk = Desk(outlook, filled, shape, design, names, selected)
    put_desk(desk)
    return desk


def get_desk() -> Desk | None:
    return st.session_state.get(_KEY)


def put_desk(desk: Desk) -> None:
    st.session_state[_KEY] = desk


def select(name: str) -> None:
    """Turn to a layer, or to the decoder; a name of the past is passed over."""
    desk = get_desk()
    if desk is not None and name in (*desk.names, DECODER):
        put_desk(replace(desk, selected=name))


def name_new() -> str:
    """Return a name that no layer of this session has had."""
    numbers = st.session_state.setdefault("designer.numbers", count(1))
    return f"layer{next(numbers)}"


def _follow(before: Desk, design: Design) -> tuple[tuple[str, ...], str]:
    """Return the names of layers that something else than the desk has changed, and a selection.

    Layers that stayed at the beginning and at the end keep their names. What is new between them
    is what people look at; where all is new, the layer that they look for.
    """
    old, new = before.design.stack, design.stack
    if old == new:
        return before.names, before.selected
    head = _count_equal(old, new)
    tail = _count_equal(old[head:][::-1], new[head:][::-1])
    fresh = tuple(name_new() for _ in range(len(new) - head - tail))
    names = (*before.names[:head], *fresh, *before.names[len(old) - tail :])
    if head + tail == 0:
        return names, names[_guess_interest(new)]
    if fresh:
        return names, fresh[0]
    return names, before.selected if before.selected in names else names[min(head, len(new) - 1)]


def _count_equal(some: Sequence[Layer], others: Sequence[Layer]) -> int:
    """Return how many layers are equal, from the first on."""
    pairs = enumerate(zip(some, others, strict=False))
    return next(
        (place for place, (one, other) in pairs if one != other), min(len(some), len(others))
    )


def _forget_decoder() -> None:
    """Let the widgets around the decoder's options begin anew from what it is."""
    for key in [key for key in st.session_state if str(key).startswith(f"designer.{DECODER}.")]:
        del st.session_state[key]


def _speaks_of(outlook: Outlook, spec: ExperimentSpec, dataset: Any) -> bool:
    return outlook.spec is spec and outlook.collection is dataset


def _fill_around(outlook: Outlook) -> ExperimentSpec:
    """Fill in a spec whose network can't be run as if it had the usual one."""
    usual = _resolve_with(outlook, ModelSpec())
    if usual.resolved is not None and usual.resolved.model.comes_trained:
        # It has no width of its own that another network could have.
        usual = _resolve_with(outlook, ModelSpec(architecture="vanilla"))
    if usual.resolved is None:
        assert usual.error is not None
        raise usual.error
    model = outlook.spec.model
    found = usual.resolved.model
    return usual.resolved.model_copy(
        update={
            "model": model.model_copy(
                update={
                    "architecture": model.architecture or found.architecture,
                    "units": model.units or found.units,
                    "segment": model.segment or found.segment or 1,
                    "mixing": model.mixing if model.mixing is not None else found.mixing,
                }
            )
        }
    )


def _resolve_with(outlook: Outlook, model: ModelSpec) -> Outlook:
    spec = outlook.spec.model_copy(update={"model": model})
    return Outlook.of(spec, outlook.collection)


def _guess_interest(stack: Sequence[Layer]) -> int:
    """Return the place of the layer that people look for: the last with a state."""
    places = [index for index, layer in enumerate(stack) if layer.role == "recurrent"]
    return places[-1] if places else 0
