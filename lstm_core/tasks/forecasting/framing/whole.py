"""Targets of which only whole numbers occur, and are forecast."""

from __future__ import annotations

import numpy as np

from lstm_core.data.series.dataset import Dataset
from lstm_core.spec import ExperimentSpec


def learns_mean(spec: ExperimentSpec) -> bool:
    """Whether networks learn the mean, and not the middle; one that comes trained has a middle."""
    return spec.training.loss == "mse" and not spec.model.comes_trained


def find_whole_targets(dataset: Dataset, spec: ExperimentSpec) -> np.ndarray:
    """Return which targets, ``(targets,)`` bool, are told in whole numbers beyond the data.

    Those of which all that was observed is, in every series. The mean of whole numbers is none:
    where the network was asked for that, it is told as it is.
    """
    observed = dataset.observed
    if learns_mean(spec):
        return np.zeros(observed.shape[1], bool)
    targets = dataset.frame.to_numpy()[:, : observed.shape[1]]
    return np.asarray(((targets % 1 == 0) | ~observed).all(axis=0) & observed.any(axis=0))
