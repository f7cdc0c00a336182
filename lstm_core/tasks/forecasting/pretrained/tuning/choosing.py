"""What is chosen and what is refused where a network comes trained. Light, as defaults are."""

from __future__ import annotations

from lstm_core.errors import SpecError
from lstm_core.spec import ExperimentSpec
from lstm_core.spec.model import FineTune
from lstm_core.tasks.forecasting.pretrained.answering import MOST_STEPS
from lstm_core.tasks.forecasting.pretrained.weights import get_latest_version, load_version

_FEWEST_WINDOWS = 200
"""With fewer cutoffs to learn from, fine-tuning loses as often as it gains; ``docs/pretrained.md``
has what was measured."""


def choose_fine_tuning(num_windows: int) -> tuple[FineTune, str]:
    """Return what goes on learning, by the cutoffs that there are to learn from."""
    if num_windows < _FEWEST_WINDOWS:
        return "none", f"{num_windows} windows are too few to gain by: it is used as it comes."
    return "all", "All of it may learn; it is kept as it came where that does not help."


def choose_version() -> tuple[str, str]:
    """Return the version of the weights that new runs begin with."""
    return get_latest_version(), "The latest."


def check_pretrained(spec: ExperimentSpec) -> None:
    """Refuse what a network that comes trained can't do.

    Raises:
        SpecError: says what does not go together.
        NotFoundError: this copy of the app has no such version.
    """
    if not spec.model.comes_trained:
        return
    _, horizon = spec.task.sizes
    refused = {
        "It forecasts all steps at once; none is fed back.": spec.task.strategy == "recursive",
        "It reads the end of a series anew each time; no state is carried.": spec.training.stateful,
        "It brings its own decoder.": spec.model.decoder is not None,
        f"It looks up to {MOST_STEPS} steps ahead, and {horizon} are asked for.": (
            horizon > MOST_STEPS
        ),
    }
    for reason, is_asked in refused.items():
        if is_asked:
            raise SpecError(
                f"The pre-trained LSTM can't do what is asked. {reason}",
                "Change that setting, or choose another network.",
            )
    assert spec.model.pretrained_version is not None
    load_version(spec.model.pretrained_version)
