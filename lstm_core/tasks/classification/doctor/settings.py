"""What the doctor of classifiers has to know of a run's settings, and the changes it may offer."""

from __future__ import annotations

from dataclasses import dataclass

from lstm_core.data.items.splitting.plan import How
from lstm_core.judging.diagnosis import Fix
from lstm_core.spec import ExperimentSpec

MOST_EPOCHS = 100_000


@dataclass(frozen=True)
class Settings:
    """Settings as they were in a run, filled in.

    Attributes:
        split, keeps_copies: see ``SplitPlan``.
        weighs_labels: whether items of rare labels count more in training.
        label_smoothing: how much of the certainty is taken from the true label.
        calibrates: whether a temperature is fitted on the validation part.
        dropout, units: of the network; units None where layers are given one by one.
        epochs: at most.
    """

    split: How = "stratified"
    keeps_copies: bool = True
    weighs_labels: bool = False
    label_smoothing: float = 0.0
    calibrates: bool = False
    dropout: float = 0.0
    units: int | None = None
    epochs: int = 50


WEIGH_LABELS = Fix("Let each label count the same", {"task.class_weights": "balanced"})
SMOOTH_LABELS = Fix("Trust labels a little less", {"task.label_smoothing": 0.1})
CALIBRATE = Fix("Fit a temperature", {"task.calibrate": True})
KEEP_GROUPS = Fix("Keep groups on one side", {"task.split": "grouped"})
KEEP_COPIES = Fix("Keep copies on one side", {"task.keep_copies_together": True})
DROP_MORE = Fix("Hide a third of the inputs while training", {"model.dropout": 0.33})


def read_settings(spec: ExperimentSpec) -> Settings:
    """Read a spec that is filled in."""
    task, model = spec.task, spec.model
    return Settings(
        split=task.split,
        keeps_copies=task.keep_copies_together,
        weighs_labels=task.class_weights == "balanced",
        label_smoothing=task.label_smoothing or 0.0,
        calibrates=task.calibrate,
        dropout=model.dropout,
        units=model.units,
        epochs=spec.training.epochs or 1,
    )


def train_longer(settings: Settings) -> Fix:
    """Offer twice the epochs."""
    return Fix("Train twice as long", {"training.epochs": min(2 * settings.epochs, MOST_EPOCHS)})


def narrow(settings: Settings) -> Fix | None:
    """Offer half the width; none where it is narrow already or not to be changed as a whole."""
    if settings.units is None or settings.units < 16:
        return None
    return Fix("Make it half as wide", {"model.units": settings.units // 2})
