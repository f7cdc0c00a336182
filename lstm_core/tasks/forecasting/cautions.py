"""What a person should know before training, of a table that can be trained on all the same."""

from __future__ import annotations

import numpy as np

from lstm_core.data.series.dataset import Dataset
from lstm_core.data.wording import count_words, list_names
from lstm_core.spec import ExperimentSpec
from lstm_core.tasks.forecasting.framing.categories import list_levels
from lstm_core.tasks.forecasting.framing.cutting import cut_series, is_long_enough
from lstm_core.tasks.forecasting.framing.examples import use_known_future
from lstm_core.tasks.forecasting.framing.inputs.adding import add_inputs
from lstm_core.tasks.forecasting.framing.previewing import count_limited, preview_outliers
from lstm_core.tasks.forecasting.framing.static import list_static
from lstm_core.tasks.forecasting.judging.standing import FEWEST_JUDGED
from lstm_core.tasks.forecasting.leaking.columns import find_leaks
from lstm_core.tasks.forecasting.leaking.words import ADVICE, say_all

_MANY_LIMITED = 0.1
"""Share of later values beyond the training part's limits that is no matter of outliers."""


def list_cautions(spec: ExperimentSpec, dataset: Dataset) -> list[str]:
    """Return a sentence or two for each caution; none where all is well.

    Args:
        spec: one that ``defaults.resolve_spec`` has filled in for this dataset.
    """
    given = use_known_future(dataset, spec)
    usable = add_inputs(given, spec)
    parts = [
        (rows, cut_series(rows.stop - rows.start, spec))
        for _, rows in usable.iterate_series()
        if is_long_enough(rows.stop - rows.start, spec)
    ]
    cautions = []
    leaks = find_leaks(given, spec)
    if leaks:
        cautions.append(f"A column gives the answer away. {say_all(leaks)} {ADVICE}")
    num_judged = sum(cuts.test_end - cuts.test_start for _, cuts in parts)
    if num_judged < FEWEST_JUDGED:
        cautions.append(
            f"Too few rows to judge: {count_words(num_judged, 'value')} will be kept apart for it, "
            "and whatever comes out can be chance. A few hundred rows is where a network begins "
            "to learn."
        )
    num_targets = len(usable.roles.targets)
    unread = usable.roles.columns[num_targets:]
    if spec.model.comes_trained and unread:
        cautions.append(
            "The pre-trained LSTM reads the past of what it predicts alone, not "
            f"{list_names(unread)}."
        )
    values = usable.frame.to_numpy()[:, num_targets:]
    is_still = np.ones(values.shape[1], dtype=bool)
    for rows, cuts in parts:
        own = values[rows][cuts.train_start : cuts.train_end]
        is_still &= (own == own[:1]).all(axis=0)
    described = {usable.roles.columns[number] for number in list_levels(usable.roles, spec)}
    described |= {*list_static(usable, spec)}
    still = [name for name, found in zip(usable.roles.columns[num_targets:], is_still, strict=True)
             if found and name not in described]  # fmt: skip
    if still:
        cautions.append(
            f"Left out, because it stands still in the training part: {list_names(still)}. Nothing "
            "could be learnt of what it does once it moves."
        )
    if spec.task.outliers == "clip":
        _, _, later = count_limited(preview_outliers(usable, spec))
        if later > _MANY_LIMITED:
            cautions.append(
                f"{later:.0%} of what comes after the training part would be drawn in as outliers: "
                "the level has moved, and clipping hides that. Hampel's filter goes along with it."
            )
    return cautions
