"""What came of letting a network go on learning that came trained."""

from __future__ import annotations

from collections.abc import Sequence

from lstm_core.judging.diagnosis import Diagnosis, Fix
from lstm_core.spec import ExperimentSpec


def find_idle_tuning(spec: ExperimentSpec, best_epochs: Sequence[int]) -> Diagnosis | None:
    """Tell that fine-tuning did not help, and that the network was left as it came.

    Args:
        best_epochs: of each network that predicts; 0: before it learnt anything.
    """
    if not spec.model.comes_trained or not best_epochs or not spec.training.epochs:
        return None
    if any(best_epochs):
        return None
    return Diagnosis(
        "idle_tuning",
        "Fine-tuning did not help",
        "No epoch of fine-tuning made the network better on the validation part, so it is used as "
        "it came: all that is shown here is the pre-trained LSTM's own.",
        "There is nothing to mend. Without fine-tuning the same comes out sooner.",
        Fix("Use it as it comes", {"model.fine_tune": "none"}),
    )
