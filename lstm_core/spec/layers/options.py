"""The options that several layers share, each with its values and its words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Annotated, Any, Literal

from lstm_core.spec.section import Section


@dataclass(frozen=True, eq=False)
class OptionWords:
    """What one option is asked and explained as; it stands in the type of the option's field.

    Attributes:
        title: for lists. ``question``: for forms. ``help``: the field's term, and what it costs.
        values: the words of each choice. ``nothing``: what none means, where that is a choice.
        is_share: a number from 0 to 1 that is told in percent.
        is_advanced: folded away at first.
        is_told: its value is worth telling where a layer is told in a few words.
        nouns: one and several of what it counts, where that is how its value is told.
    """

    title: str
    question: str
    help: str
    values: Mapping[Any, str] = field(default_factory=dict)
    nothing: str = ""
    is_share: bool = False
    is_advanced: bool = False
    is_told: bool = False
    nouns: tuple[str, ...] = ()


def find_words(section: type[Section], option: str) -> OptionWords:
    """Return the words of one option of a layer or a decoder."""
    metadata = section.model_fields[option].metadata
    return next(words for words in metadata if isinstance(words, OptionWords))


Units = Annotated[
    int,
    OptionWords(
        "Units",
        "How wide is its memory?",
        "Units: numbers in the state. Wider holds more, costs the square of it, overfits sooner.",
        is_told=True,
        nouns=("unit",),
    ),
]

Filters = Annotated[
    int,
    OptionWords(
        "Filters",
        "How many patterns does it look for?",
        "Filters: each learns one short pattern. More find more, and cost as much more.",
        is_told=True,
        nouns=("filter",),
    ),
]

KernelSize = Annotated[
    int,
    OptionWords(
        "Kernel size",
        "How long is a pattern?",
        "Kernel size: steps that are seen at once.",
        is_told=True,
        nouns=("step in a pattern", "steps in a pattern"),
    ),
]

Length = Annotated[
    int,
    OptionWords(
        "Segment",
        "How many steps are one segment?",
        "Segment length: steps that are read as one. A season, or a divisor of it, lines them up.",
        is_told=True,
        nouns=("step in a segment", "steps in a segment"),
    ),
]

Heads = Annotated[
    int,
    OptionWords(
        "Heads",
        "How many heads?",
        "Heads: groups that work side by side; the width has to be a multiple of them.",
        is_told=True,
        nouns=("head",),
    ),
]

Dropout = Annotated[
    float,
    OptionWords(
        "Dropout",
        "How much of its input is hidden while training?",
        "Dropout: against overfitting, since it can't lean on any one input.",
        is_share=True,
    ),
]

Activation = Annotated[
    Literal["tanh", "sigmoid", "relu", "elu", "gelu", "softsign", "linear"],
    OptionWords(
        "Activation",
        "What squashes its values?",
        "Activation. In recurrent layers, tanh keeps values in bounds, and alone has the fast "
        "path on GPUs.",
        {
            "tanh": "tanh: between -1 and 1",
            "sigmoid": "Sigmoid: between 0 and 1",
            "relu": "ReLU: nothing below 0",
            "elu": "ELU: ReLU with a soft foot",
            "gelu": "GELU: ReLU with a smooth bend",
            "softsign": "Softsign: tanh that levels off slowly",
            "linear": "Linear: as it is",
        },
        is_advanced=True,
    ),
]

RecurrentActivation = Annotated[
    Literal["sigmoid", "hard_sigmoid"],
    OptionWords(
        "Recurrent activation",
        "What opens and closes its gates?",
        "Recurrent activation: from 0, closed, to 1, open. Only sigmoid has the fast path on GPUs.",
        {"sigmoid": "Sigmoid: smooth", "hard_sigmoid": "Hard sigmoid: straight lines, cheaper"},
        is_advanced=True,
    ),
]

ForgetBias = Annotated[
    float,
    OptionWords(
        "Forget bias",
        "Does it begin by keeping or by forgetting?",
        "Forget-gate bias at the start: 1 keeps, so that early training sees far back; -1 forgets.",
        is_advanced=True,
    ),
]

_Drawing = Literal[
    "glorot_uniform", "glorot_normal", "he_uniform", "he_normal", "lecun_normal", "orthogonal"
]
_DRAWINGS = {
    "glorot_uniform": "Glorot, uniform: the usual one",
    "glorot_normal": "Glorot, normal",
    "he_uniform": "He, uniform: made for ReLU",
    "he_normal": "He, normal: made for ReLU",
    "lecun_normal": "LeCun, normal",
    "orthogonal": "Orthogonal: keeps lengths as they are",
}

Initializer = Annotated[
    _Drawing,
    OptionWords(
        "Initialiser",
        "How do its weights begin?",
        "Initialiser of the weights on the inputs: where the search for good weights begins.",
        _DRAWINGS,
        is_advanced=True,
    ),
]

RecurrentInitializer = Annotated[
    _Drawing,
    OptionWords(
        "Recurrent initialiser",
        "How do the weights on its state begin?",
        "Recurrent initialiser: orthogonal keeps what is remembered from growing or fading at "
        "first.",
        _DRAWINGS,
        is_advanced=True,
    ),
]

L1Penalty = Annotated[
    float,
    OptionWords(
        "L1 penalty",
        "Penalty on large weights, L1",
        "L1: drives weights to 0, so that fewer inputs count.",
        is_advanced=True,
    ),
]

L2Penalty = Annotated[
    float,
    OptionWords(
        "L2 penalty",
        "Penalty on large weights, L2",
        "L2: keeps weights small, against overfitting.",
        is_advanced=True,
    ),
]

Score = Literal["additive", "dot"]
SCORES = {
    "additive": "Additive (Bahdanau): a small network compares",
    "dot": "Dot product (Luong): lighter",
}
