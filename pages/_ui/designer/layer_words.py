"""What the options of layers and decoders are asked and explained as."""

from __future__ import annotations

from typing import Any

from pages._ui.settings.setting_words import SettingWords

_ACTIVATIONS = {
    "tanh": "tanh: between -1 and 1",
    "sigmoid": "Sigmoid: between 0 and 1",
    "relu": "ReLU: nothing below 0",
    "elu": "ELU: ReLU with a soft foot",
    "gelu": "GELU: ReLU with a smooth bend",
    "softsign": "Softsign: tanh that levels off slowly",
    "linear": "Linear: as it is",
}

_INITIALIZERS = {
    "glorot_uniform": "Glorot, uniform: the usual one",
    "glorot_normal": "Glorot, normal",
    "he_uniform": "He, uniform: made for ReLU",
    "he_normal": "He, normal: made for ReLU",
    "lecun_normal": "LeCun, normal",
    "orthogonal": "Orthogonal: keeps lengths as they are",
}

_SCORES = {
    "additive": "Additive (Bahdanau): a small network compares",
    "dot": "Dot product (Luong): lighter",
}

_LENGTH = SettingWords(
    "Segment",
    "How many steps are one segment?",
    "Segment length: steps that are read as one. A season, or a divisor of it, lines them up.",
)

_OPTIONS: dict[str, SettingWords] = {
    "units": SettingWords(
        "Units",
        "How wide is its memory?",
        "Units: numbers in the state. Wider holds more, costs the square of it, overfits sooner.",
    ),
    "bidirectional": SettingWords(
        "Direction",
        "Does it read both ways?",
        "Bidirectional: a second layer reads the window backwards, and the two are joined. Twice "
        "the work.",
        {
            "concat": "Both ways, side by side",
            "sum": "Both ways, added",
            "mul": "Both ways, multiplied",
            "ave": "Both ways, their mean",
        },
        nothing="Forwards only",
    ),
    "dropout": SettingWords(
        "Dropout",
        "How much of its input is hidden while training?",
        "Dropout: against overfitting, since it can't lean on any one input.",
        is_share=True,
    ),
    "recurrent_dropout": SettingWords(
        "Recurrent dropout",
        "How much of its own state is hidden while training?",
        "Recurrent dropout: against overfitting within the memory. It loses the fast path on GPUs.",
        is_share=True,
    ),
    "residual": SettingWords(
        "Residual",
        "A way around it",
        "Residual connection: its input is added to its output, so that deep stacks still learn.",
        {True: "Yes", False: "No"},
    ),
    "activation": SettingWords(
        "Activation",
        "What squashes its values?",
        "Activation. In recurrent layers, tanh keeps values in bounds, and alone has the fast "
        "path on GPUs.",
        _ACTIVATIONS,
    ),
    "recurrent_activation": SettingWords(
        "Recurrent activation",
        "What opens and closes its gates?",
        "Recurrent activation: from 0, closed, to 1, open. Only sigmoid has the fast path on GPUs.",
        {"sigmoid": "Sigmoid: smooth", "hard_sigmoid": "Hard sigmoid: straight lines, cheaper"},
    ),
    "forget_bias": SettingWords(
        "Forget bias",
        "Does it begin by keeping or by forgetting?",
        "Forget-gate bias at the start: 1 keeps, so that early training sees far back; -1 forgets.",
    ),
    "heads": SettingWords(
        "Heads",
        "How many heads?",
        "Heads: groups that work side by side; the width has to be a multiple of them.",
    ),
    "forget_gate": SettingWords(
        "Forget gate",
        "What is its forget gate made of?",
        "A sigmoid can only keep or forget; an exponential one can also amplify what is stored.",
        {"sigmoid": "Sigmoid: between 0 and 1", "exponential": "Exponential: above 1 as well"},
    ),
    "filters": SettingWords(
        "Filters",
        "How many patterns does it look for?",
        "Filters: each learns one short pattern. More find more, and cost as much more.",
    ),
    "kernel_size": SettingWords(
        "Kernel size",
        "How long is a pattern?",
        "Kernel size: steps that are seen at once.",
    ),
    "dilation": SettingWords(
        "Dilation",
        "How far apart are a pattern's steps?",
        "Dilation: 1 looks at neighbours, 24 at the same hour of other days.",
    ),
    "padding": SettingWords(
        "Padding",
        "What stands beyond the window's ends?",
        "Padding. Causal sees the past alone; same looks both ways; valid keeps only whole "
        "patterns, so that steps are lost.",
        {
            "causal": "Zeros before it (causal)",
            "same": "Zeros on both sides (same)",
            "valid": "Nothing (valid)",
        },
    ),
    "frame": SettingWords(
        "Frame",
        "How many steps are one frame?",
        "Frame: it looks within a frame by convolutions and remembers from frame to frame. A "
        "season, such as a day, suits best.",
    ),
    "size": SettingWords(
        "Pool size",
        "How many steps become one?",
        "Pool size: 2 halves the sequence, and what comes behind takes half the time.",
    ),
    "rate": SettingWords(
        "Rate",
        "How much is hidden while training?",
        "Dropout rate: the share of values set to 0 at random. Against overfitting.",
        is_share=True,
    ),
    "length": _LENGTH,
    "feedforward": SettingWords(
        "Feed-forward width",
        "How wide is the network behind the attention?",
        "Feed-forward width: usually two to four times the width of what comes in.",
    ),
    "score": SettingWords(
        "Score",
        "How are steps compared?",
        "Score: how well a step answers what the last one asks for.",
        _SCORES,
    ),
    "initializer": SettingWords(
        "Initialiser",
        "How do its weights begin?",
        "Initialiser of the weights on the inputs: where the search for good weights begins.",
        _INITIALIZERS,
    ),
    "recurrent_initializer": SettingWords(
        "Recurrent initialiser",
        "How do the weights on its state begin?",
        "Recurrent initialiser: orthogonal keeps what is remembered from growing or fading at "
        "first.",
        _INITIALIZERS,
    ),
    "l1": SettingWords(
        "L1 penalty",
        "Penalty on large weights, L1",
        "L1: drives weights to 0, so that fewer inputs count.",
    ),
    "l2": SettingWords(
        "L2 penalty",
        "Penalty on large weights, L2",
        "L2: keeps weights small, against overfitting.",
    ),
    "attention": SettingWords(
        "Attention",
        "Does it look back at the encoder's steps?",
        "Attention: at each step ahead it weighs the whole window anew, not the last state alone.",
        _SCORES,
        nothing="No, it goes by the last state",
    ),
    "teacher_forcing": SettingWords(
        "Teacher forcing",
        "How often is it told the actual values while training?",
        "Teacher forcing: 100% learns fast, and meets its own errors only in use; less of it "
        "learns slower and is sturdier.",
        is_share=True,
    ),
}

_OF_KINDS: dict[tuple[str, str], SettingWords] = {
    ("dense", "units"): SettingWords(
        "Units",
        "How many sums?",
        "Units: weighted sums of what comes in, at every step.",
    ),
    ("pooling", "mode"): SettingWords(
        "Mode",
        "What is kept of them?",
        "Pooling mode: the largest value tells that something was there, the mean how much.",
        {"max": "The largest value", "average": "Their mean"},
    ),
    ("summary", "mode"): SettingWords(
        "Mode",
        "What is kept of all steps?",
        "Summary mode: what becomes of the whole sequence.",
        {"last": "The last step", "mean": "Their mean", "max": "The largest values"},
    ),
    ("transformer", "dropout"): SettingWords(
        "Dropout",
        "How much of its output is hidden while training?",
        "Dropout: against overfitting, after the attention and after the network behind it.",
        is_share=True,
    ),
}

ADVANCED = frozenset(
    (
        "activation",
        "recurrent_activation",
        "recurrent_dropout",
        "initializer",
        "recurrent_initializer",
        "l1",
        "l2",
        "forget_bias",
        "forget_gate",
    )
)
"""What is folded away at first."""


def find_words(kind: str, option: str) -> SettingWords:
    """Return the words of one option of a layer or a decoder."""
    return _OF_KINDS.get((kind, option)) or _OPTIONS[option]


def say_option(kind: str, option: str, value: Any) -> str:
    """Write an option's value for people."""
    words = find_words(kind, option)
    if value in words.values:
        return words.values[value].partition(":")[0]
    if value is None:
        return words.nothing
    if words.is_share:
        return f"{value:.0%}"
    return f"{value:,}" if isinstance(value, int) else f"{value:g}"
