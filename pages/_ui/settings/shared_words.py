"""The words of the settings that tasks share: of the network and of the learning."""

from __future__ import annotations

from lstm_core.spec import SEEDS_OF_PRESETS
from lstm_core.spec.architectures import ARCHITECTURES
from lstm_core.tasks.nouns import Nouns
from pages._ui.settings.setting_words import SettingWords


def list_captions(nouns: Nouns) -> dict[str, str]:
    """Say of each preset what it comes to."""
    return {
        preset: "one network" if count == 1 else f"the {nouns.joined} of {count}"
        for preset, count in SEEDS_OF_PRESETS.items()
    }


def list_shared_words(nouns: Nouns) -> dict[str, SettingWords]:
    """Return the words by ``section.key``, in the order in which people see them."""
    return {
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
            "Segment: steps that are read as one. A season, or a divisor of it, lines the segments "
            "up.",
        ),
        "model.layers": SettingWords(
            "Layers",
            "How many layers?",
            "Recurrent layers, each reading the states of the one before. More is slower to train.",
        ),
        "model.fine_tune": SettingWords(
            "Goes on learning",
            "What goes on learning?",
            "Fine-tuning: the pre-trained LSTM learns from your rows as well, beginning with what "
            "it knows. Where that makes it no better on the validation part, it is kept as it "
            "came.",
            {"none": "Nothing", "head": "Its head", "all": "All of it"},
        ),
        "model.pretrained_version": SettingWords(
            "Version of the weights",
            "Which version of the weights?",
            "Pre-trained weights never change; newer ones have another version.",
        ),
        "model.dropout": SettingWords(
            "Dropout",
            "How much is hidden while training?",
            "Dropout: the share of each layer's inputs that is hidden at random. Against "
            "overfitting.",
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
            "Layers put together in the designer.",
        ),
        "training.preset": SettingWords(
            "Effort",
            "How much effort?",
            f"Preset: how many networks are trained, each from another seed. Their {nouns.joined} "
            "predicts; more of them are steadier and take that much longer.",
            {"fast": "Fast", "balanced": "Balanced", "best": "Best"},
        ),
        "training.num_seeds": SettingWords(
            "Networks",
            "How many networks?",
            f"Seeds of the ensemble: the {nouns.joined} of so many networks predicts. Time grows "
            "with them.",
        ),
        "training.epochs": SettingWords(
            "Passes at most", "How many passes at most?", "Epochs over the training part."
        ),
        "training.patience": SettingWords(
            "Patience",
            "How patient is it?",
            "Patience: epochs without a better validation loss before it stops; empty to never "
            "stop early. The best weights are kept in any case.",
            nothing="never stops early",
        ),
        "training.retrain": SettingWords(
            "Trained again with the validation part",
            "Train once more with the validation part",
            "Retrain: once validation has chosen the epochs, the final network learns from "
            "training and validation part together. It learns from more, and takes twice as long.",
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
            "Learning rate schedule. Large changes first and small ones last get closer to the "
            "best. Cosine and one cycle count on all passes: where training stops early, their "
            "rate is still high.",
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
            f"How many {nouns.examples} at once?",
            f"Batch size: {nouns.examples} that it looks at before it changes its weights. Larger "
            "is faster and less thorough.",
        ),
        "training.windows_per_epoch": SettingWords(
            f"{nouns.examples.capitalize()} in one pass",
            f"How many {nouns.examples} in one pass?",
            f"{nouns.examples.capitalize()} per epoch, drawn anew each time. More makes a pass "
            "longer, and fewer are needed.",
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
            "Mixed precision: the layers compute in 16 bits, weights and predictions stay in 32. "
            "On a newer GPU that is faster and takes half the memory.",
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
