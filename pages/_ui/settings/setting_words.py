"""What the settings are called, asked and explained as: one home for all their words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from lstm_core.spec import SEEDS_OF_PRESETS, list_fields
from lstm_core.spec.architectures import ARCHITECTURES
from lstm_core.tasks.forecasting.framing.calendar import CYCLE_TITLES


@dataclass(frozen=True)
class SettingWords:
    """One setting: a ``title`` for lists, a ``question`` for forms, the field's term in the help.

    ``values`` holds the words of each choice; ``nothing`` says what an empty field means where
    that is a choice of its own, and ``undecided`` why the data's profile leaves it open.
    """

    title: str
    question: str
    help: str
    values: Mapping[Any, str] = field(default_factory=dict)
    nothing: str = ""
    undecided: str = ""
    is_share: bool = False


SETTINGS: dict[str, SettingWords] = {
    "data.missing_future": SettingWords(
        "Known-future columns that end early",
        "What if those end before the forecast does?",
        "Known-future covariates have to be given for the whole horizon. Without their future, "
        "the network reads their past alone.",
        {"refuse": "Tell me", "ignore": "Forecast without their future"},
    ),
    "task.horizon": SettingWords(
        "Horizon",
        "How many steps ahead?",
        "Horizon: steps predicted. Each step further ahead is harder, and takes a step away from "
        "what can be learnt.",
    ),
    "task.lookback": SettingWords(
        "Lookback",
        "How far does it look back?",
        "Lookback: input steps. Longer sees more seasons, and costs time and rows.",
    ),
    "task.season": SettingWords(
        "Season",
        "How long is a season?",
        "Season: steps after which the pattern returns; 1 for none. The baselines and the "
        "segments go by it.",
    ),
    "task.strategy": SettingWords(
        "Strategy",
        "All steps at once, or one after another?",
        "Direct: one network predicts the whole horizon. Recursive: it predicts one step and is "
        "fed its own prediction; good to learn from, but its errors add up.",
        {"direct": "All at once", "recursive": "One after another"},
    ),
    "task.transform": SettingWords(
        "Transform",
        "What is done to the values first?",
        "Transform of a positive target, so that its swings do not grow with its level. "
        "Predictions are turned back.",
        {"none": "Nothing", "log": "Logarithm", "boxcox": "Box-Cox: between both, fitted"},
    ),
    "task.calendar": SettingWords(
        "Calendar",
        "What is it told of the calendar?",
        "Calendar features: each is a sine and a cosine of the row's time, known ahead as well. "
        "They help where habits go by the clock or the date, above all those longer than it looks "
        "back. Each adds two columns: a little more time and, with few rows, more overfitting.",
        CYCLE_TITLES,
        nothing="nothing",
    ),
    "task.scaling": SettingWords(
        "Scaling",
        "How are columns scaled?",
        "Scaling, fitted on the training part only. Networks learn best from numbers around 0; "
        "without it, a column of large numbers drowns the others.",
        {
            "standard": "To mean 0 and spread 1",
            "minmax": "To the range 0 to 1",
            "none": "Leave values as they are",
        },
    ),
    "task.window_normalisation": SettingWords(
        "Taken from each window",
        "What is taken from each window?",
        "Window normalisation: taken from the target before the network sees it, and given back "
        "to its prediction. It lets the level drift. Auto costs a short training for each.",
        {"last_value": "Its last value", "mean_std": "Its mean and spread", "none": "Nothing"},
        undecided="Each is tried, and the validation part chooses.",
    ),
    "task.ranges": SettingWords(
        "Ranges",
        "Where do the ranges come from?",
        "Prediction intervals. Learnt quantiles are wide where the series is wild; past errors "
        "are one width for each step. Both are calibrated on errors it had not learnt from.",
        {"quantile": "The network learns quantiles", "residuals": "Past errors alone"},
    ),
    "task.shrink": SettingWords(
        "Mixed with a baseline",
        "Is a simple rule mixed in?",
        "Shrinkage: the prediction is drawn towards the best baseline, as far as that helps on "
        "the validation part. Safer where there is little to learn from.",
        {True: "Yes, as far as it helps", False: "No, the network alone"},
    ),
    "task.validation_fraction": SettingWords(
        "Validation part",
        "Which share decides when to stop?",
        "Validation part: the rows before the test part. A larger one is a better judge and "
        "leaves less to learn from.",
        is_share=True,
    ),
    "task.test_fraction": SettingWords(
        "Test part",
        "Which share is kept for the test?",
        "Test part: the last rows, never seen in training. The verdict comes from it. At least "
        "one horizon is kept in any case.",
        is_share=True,
    ),
    "task.num_folds": SettingWords(
        "Folds",
        "In how many stretches is it judged?",
        "Folds: stretches of the test part, each scored by itself. More of them tell luck from "
        "skill; with refit, each one is a training.",
    ),
    "task.refit": SettingWords(
        "Refit",
        "Does it learn anew before each stretch?",
        "Refit: as one would in use, with the newest rows. Costs one training for each fold.",
        {True: "Yes, before each", False: "No, it learns once"},
    ),
    "task.window": SettingWords(
        "Training window",
        "And from which rows?",
        "Expanding: everything before the fold. Sliding: as many rows as before the first fold, "
        "so that old times are forgotten.",
        {"expanding": "All before (expanding)", "sliding": "As many as at first (sliding)"},
    ),
    "task.gap": SettingWords(
        "Gap",
        "How many rows are skipped between the parts?",
        "Gap: for values that arrive late, so that no part leans on the one before.",
    ),
    "task.stride": SettingWords(
        "Stride",
        "How far apart are its forecasts?",
        "Stride: rows from one cutoff of the test to the next. Larger is faster and coarser.",
    ),
    "model.architecture": SettingWords(
        "Network",
        "Which network?",
        "Architecture. All are trained and judged in the same way, so trying is safe.",
        {name: entry.title for name, entry in ARCHITECTURES.items()},
    ),
    "model.units": SettingWords(
        "Width",
        "How wide is it?",
        "Units in each layer. Wider can hold more, learns slower, overfits sooner.",
    ),
    "model.segment": SettingWords(
        "Segment",
        "How long is a segment?",
        "Segment: steps that are read as one. A season, or a divisor of it, lines the segments up.",
    ),
    "model.mixing": SettingWords(
        "Targets together",
        "Does it see all targets together?",
        "Channel mixing: one window holds all targets. Otherwise each is predicted from its own "
        "past, by the same network.",
        {True: "Yes, in one window", False: "No, each by itself"},
    ),
    "model.layers": SettingWords(
        "Layers",
        "How many layers?",
        "Recurrent layers, each reading the states of the one before. More is slower to train.",
    ),
    "model.dropout": SettingWords(
        "Dropout",
        "How much is hidden while training?",
        "Dropout: the share of each layer's inputs that is hidden at random. Against overfitting.",
        is_share=True,
    ),
    "model.l1": SettingWords(
        "L1 penalty", "Penalty on large weights, L1", "L1: drives weights to 0."
    ),
    "model.l2": SettingWords(
        "L2 penalty", "Penalty on large weights, L2", "L2: keeps weights small."
    ),
    "model.stack": SettingWords(
        "Layers of its own",
        "Which layers?",
        "Layers from the window to the decoder, put together in the designer.",
    ),
    "model.decoder": SettingWords(
        "Decoder",
        "How does it get to the steps ahead?",
        "Decoder: what goes on from the last layer to the horizon.",
        nothing="the network's own",
    ),
    "training.preset": SettingWords(
        "Effort",
        "How much effort?",
        "Preset: how many networks are trained, each from another seed. Their median predicts; "
        "more of them are steadier and take that much longer.",
        {"fast": "Fast", "balanced": "Balanced", "best": "Best"},
    ),
    "training.num_seeds": SettingWords(
        "Networks",
        "How many networks?",
        "Seeds of the ensemble: the median of so many networks predicts. Time grows with them.",
    ),
    "training.epochs": SettingWords(
        "Passes at most", "How many passes at most?", "Epochs over the training part."
    ),
    "training.patience": SettingWords(
        "Patience",
        "How patient is it?",
        "Patience: epochs without a better validation loss before it stops; empty to never stop "
        "early. The best weights are kept in any case.",
        nothing="never stops early",
    ),
    "training.stateful": SettingWords(
        "Stateful",
        "Go on from one window to the next",
        "Stateful training: the recurrent state at a window's end is where the window behind it "
        "begins, so that the network can remember further back than it looks; best where nothing "
        "is taken from each window. Batches are less mixed and learn less evenly, and a prediction "
        "reads four windows more before its own, which takes that much longer.",
        {True: "Yes", False: "No, each window begins anew"},
    ),
    "training.retrain": SettingWords(
        "Trained again with the validation part",
        "Train once more with the validation part",
        "Retrain: once validation has chosen the epochs, the final network learns from training "
        "and validation part together. Newer rows count; it takes twice as long.",
        {True: "Yes", False: "No"},
    ),
    "training.learning_rate": SettingWords(
        "Learning rate",
        "How fast does it learn?",
        "Learning rate: how far one batch changes the weights. Too large: the loss jumps. Too "
        "small: it crawls.",
    ),
    "training.schedule": SettingWords(
        "Schedule",
        "How does the learning rate change over time?",
        "Learning rate schedule. Large changes first and small ones last get closer to the best. "
        "Cosine and one cycle count on all passes: where training stops early, their rate is "
        "still high.",
        {
            "decay": "Smaller after each pass, by a share",
            "constant": "It stays as it is",
            "cosine": "Cosine: down to nothing, gently",
            "plateau": "Halved when validation gets no better",
            "one_cycle": "One cycle: up for a third, then down to nothing",
        },
    ),
    "training.decay": SettingWords(
        "Decay",
        "Which share of the learning rate is left after a pass?",
        "Learning rate decay: after each epoch it is this share of what it was; 1 keeps it.",
    ),
    "training.loss": SettingWords(
        "Loss",
        "What is made small?",
        "Loss: how an error counts while it learns. Absolute errors aim at the usual case, squared "
        "ones at rare large misses too. The verdict measures all networks alike, whatever this is.",
        {
            "mae": "Mean absolute error: calm about outliers",
            "mse": "Mean squared error: hates large misses",
            "huber": "Huber: squared when small, absolute when large",
            "log_cosh": "Log-cosh: Huber without an edge",
            "pinball": "Pinball: too low costs otherwise than too high",
        },
    ),
    "training.pinball_level": SettingWords(
        "Pinball level",
        "Which share shall lie below the forecast?",
        "Level of the pinball loss. At 50% the forecast aims at the middle; at 90% it aims so high "
        "that 9 of 10 actual values stay below it, and is further off on average.",
        is_share=True,
    ),
    "training.optimizer": SettingWords(
        "Optimizer",
        "By which rule does it learn?",
        "Optimizer: makes changes of the weights from the errors of a batch. Adam suits nearly "
        "always; another one wants another learning rate.",
        {
            "adam": "Adam: a good default",
            "adamw": "AdamW: Adam that keeps weights small",
            "rmsprop": "RMSprop: the classic for recurrent networks",
            "sgd": "SGD: plain; needs a larger learning rate",
            "lion": "Lion: all changes of one size; needs a smaller learning rate",
        },
    ),
    "training.momentum": SettingWords(
        "Momentum",
        "How much of a change goes on in the next?",
        "Momentum: 0 for none, 0.9 is usual. Faster through flat stretches; it may shoot past.",
    ),
    "training.batch_size": SettingWords(
        "Batch size",
        "How many windows at once?",
        "Batch size: windows that it looks at before it changes its weights. Larger is faster and "
        "less thorough.",
    ),
    "training.windows_per_epoch": SettingWords(
        "Windows in one pass",
        "How many windows in one pass?",
        "Windows per epoch, drawn anew each time. More makes a pass longer, and fewer are needed.",
    ),
    "training.clip_norm": SettingWords(
        "Longest gradient",
        "Longest gradient allowed",
        "Gradient clipping by norm; empty for no limit. Guards against explosions.",
        nothing="no limit",
    ),
    "training.precision": SettingWords(
        "Precision",
        "How exactly does it compute?",
        "Mixed precision: the layers compute in 16 bits, weights and predictions stay in 32. On a "
        "newer GPU that is faster and takes half the memory.",
        {
            "float32": "32 bits: exact, everywhere",
            "mixed_float16": "Mixed, float16: any newer GPU",
            "mixed_bfloat16": "Mixed, bfloat16: Ampere GPUs and later, TPUs",
        },
    ),
    "training.seed": SettingWords(
        "Seed", "Which seed?", "Start of all randomness: the same seed gives the same run."
    ),
}

PRESET_CAPTIONS = {
    preset: "one network" if count == 1 else f"the median of {count}"
    for preset, count in SEEDS_OF_PRESETS.items()
}


def is_left_to_data(path: str) -> bool:
    """Whether the setting is read from the data's profile unless somebody sets it."""
    return any(field.default is None for field in list_fields(path))


def title_setting(path: str) -> str:
    """Return what a setting is called in a list; settings without words go by their key."""
    words = SETTINGS.get(path)
    return words.title if words else path.partition(".")[2].replace("_", " ").capitalize()


def say_value(path: str, value: Any) -> str:
    """Write a setting's value for people; names from files may be in it."""
    words = SETTINGS.get(path)
    if words is not None and value in words.values:
        return words.values[value].partition(":")[0]
    if value is None:
        return (words.nothing if words else "") or "open"
    if path == "model.stack":
        return ", ".join(layer.title for layer in value)
    if path == "model.decoder":
        return str(value.title)
    if isinstance(value, tuple):
        chosen = words.values if words else {}
        said = ", ".join(str(chosen.get(each, each)) for each in value)
        return said or (words.nothing if words else "")
    if words is not None and words.is_share:
        return f"{value:.0%}"
    return (
        f"{value:,}"
        if isinstance(value, int)
        else f"{value:.4g}"
        if isinstance(value, float)
        else str(value)
    )
