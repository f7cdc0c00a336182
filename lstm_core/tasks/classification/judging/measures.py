"""What classifiers are judged by. Light, so that pages can say it."""

from __future__ import annotations

from collections.abc import Sequence

from lstm_core.judging.measures import Measure

_EACH_COUNTS = "each label counts the same, however few items it has"

ACCURACY = Measure(
    "accuracy", "Accuracy", "The share of items that got their right label.", "larger", 1.0, ".1%"
)
BALANCED_ACCURACY = Measure(
    "balanced_accuracy",
    "Balanced accuracy",
    f"The share of items that got their right label, label by label, averaged: {_EACH_COUNTS}. "
    "Always saying one of two labels gives 50%.",
    "larger",
    1.0,
    ".1%",
)
MACRO_F1 = Measure(
    "macro_f1",
    "Macro-F1",
    "F1, the harmonic mean of precision and recall, of each label, averaged: "
    f"{_EACH_COUNTS}. 1 is perfect.",
    "larger",
    1.0,
    ".3f",
)
MACRO_PRECISION = Measure(
    "macro_precision",
    "Precision",
    "How much of what got a label rightly has it, label by label, averaged.",
    "larger",
    1.0,
    ".3f",
)
MACRO_RECALL = Measure(
    "macro_recall",
    "Recall",
    "How much of what has a label got it, label by label, averaged.",
    "larger",
    1.0,
    ".3f",
)
MCC = Measure(
    "mcc",
    "Matthews correlation",
    "How closely labels as said follow labels as they are: 1 is perfect, 0 is chance, below 0 is "
    "worse than chance. Stays honest where labels are uneven.",
    "larger",
    1.0,
    ".3f",
)
ROC_AUC = Measure(
    "roc_auc",
    "ROC-AUC",
    "How often an item with a label gets a larger probability of it than one without: 1 is "
    "perfect, 0.5 is chance. Of several labels, the mean over them.",
    "larger",
    1.0,
    ".3f",
)
PR_AUC = Measure(
    "pr_auc",
    "PR-AUC",
    "Average precision: how much of what is found rightly has the label, over all thresholds. "
    "Chance gives the label's share of the items. Of several labels, the mean over them.",
    "larger",
    1.0,
    ".3f",
)
LOG_LOSS = Measure(
    "log_loss",
    "Log loss",
    "How surprised the probabilities are by the true labels, in nats an item. Being certain and "
    "wrong costs most.",
    "smaller",
    0.0,
    ".3f",
)
BRIER = Measure(
    "brier",
    "Brier score",
    "The squared distance of the probabilities from what came true, summed over labels: 0 is "
    "perfect, 2 is certain and wrong.",
    "smaller",
    0.0,
    ".3f",
)
CALIBRATION_ERROR = Measure(
    "calibration_error",
    "Calibration error",
    "How far the certainty is from the share that is right, on average: at 5%, what is said with "
    "80% certainty may be right in 75% of cases.",
    "smaller",
    0.0,
    ".1%",
)

MEASURES = (
    ACCURACY,
    BALANCED_ACCURACY,
    MACRO_F1,
    MACRO_PRECISION,
    MACRO_RECALL,
    MCC,
    ROC_AUC,
    PR_AUC,
    LOG_LOSS,
    BRIER,
    CALIBRATION_ERROR,
)

LABEL_MEASURES = (ACCURACY, BALANCED_ACCURACY, MACRO_F1)
"""Those that a verdict may go by; they look at labels alone."""

UNEVEN = 1.5
"""From here on, most items of a label beside the fewest, labels are uneven."""


def choose_first(counts: Sequence[int]) -> Measure:
    """Return the measure that decides.

    Args:
        counts: items of each label in the training part; labels without any are passed over.

    Where labels are uneven, accuracy can be had by never saying the rare ones: balanced accuracy
    for two labels, macro-F1 for more.
    """
    present = [count for count in counts if count > 0]
    if not present or max(present) < UNEVEN * min(present):
        return ACCURACY
    return BALANCED_ACCURACY if len(present) == 2 else MACRO_F1
