"""From an architecture's name to the layers that it is made of."""

from __future__ import annotations

from lstm_core.errors import SpecError, suggest_name
from lstm_core.models.plan import Plan, plan_encoder
from lstm_core.spec import ModelSpec
from lstm_core.spec.architectures import ARCHITECTURES, OWN
from lstm_core.spec.architectures.entry import DIRECT, Stack
from lstm_core.spec.layers import Decoder


def plan_model(spec: ModelSpec, lookback: int, num_features: int) -> Plan:
    """Return the plan of an architecture, or of the layers that a person has put together.

    Args:
        spec: filled in.

    Raises:
        SpecError: the architecture is unknown, or its layers don't go together.
    """
    stack, decoder = expand_architecture(spec, lookback)
    return plan_encoder(stack, decoder, lookback, num_features)


def expand_architecture(spec: ModelSpec, lookback: int) -> tuple[Stack, Decoder]:
    """Return an architecture's layers and its decoder.

    Args:
        spec: filled in.

    Raises:
        SpecError: the architecture is unknown.
    """
    if spec.architecture == OWN:
        return list(spec.stack), spec.decoder or DIRECT
    entry = ARCHITECTURES.get(spec.architecture or "")
    if entry is None or entry.recipe is None:
        known = [name for name in ARCHITECTURES if name != OWN]
        raise SpecError(
            f'There is no architecture "{spec.architecture}".',
            suggest_name(spec.architecture or "", known).strip(),
        )
    stack, decoder = entry.recipe(spec, lookback)
    return stack, spec.decoder or decoder


def feeds_back(spec: ModelSpec) -> bool:
    """Whether its decoder is fed its own predictions; what is not filled in does not matter."""
    _, decoder = _sketch(spec)
    return decoder.feeds_back


def shows_weights(spec: ModelSpec) -> bool:
    """Whether how much each step counts can be looked at; what is not filled in does not matter."""
    stack, _ = _sketch(spec)
    return any(layer.shows_weights for layer in stack)


def _sketch(spec: ModelSpec) -> tuple[Stack, Decoder]:
    if spec.architecture is None:
        return [], spec.decoder or DIRECT
    return expand_architecture(spec.model_copy(update={"units": spec.units or 1}), 1)
