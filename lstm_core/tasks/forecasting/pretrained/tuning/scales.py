"""From the scale that a pre-trained network speaks on to that of the run's transform."""

from __future__ import annotations

import numpy as np

from lstm_core.tasks.forecasting.pretrained.tuning.feed import DescribedFeed, Told

SCALES = ("location", "scale", "power", "floor", "offset", "divisor")


def tell_scales(feed: DescribedFeed, told: Told) -> dict[str, np.ndarray]:
    """Return what turns the network's words into scaled values, ``(n, targets)`` each.

    ``location + scale * said`` is a value; of its ``power``, cut off below ``floor``, comes
    ``(powered - offset) / divisor``. Where nothing is done but to scale, both are one step, in
    which no digit is lost.
    """
    targets = np.arange(feed.shape.num_targets)
    scalers = [feed.lines[number].scaler for number in told.series]
    power, floor, offset, divisor = (
        np.array([getattr(scaler, name)[targets] for scaler in scalers])
        for name in ("power", "floor", "offset", "scale")
    )
    location = told.description.location.reshape(power.shape)
    scale = told.description.scale.reshape(power.shape)
    plain = power == 1
    found = (
        np.where(plain, (location - offset) / divisor, location),
        np.where(plain, scale / divisor, scale),
        power,
        np.where(plain, 1, floor),
        np.where(plain, 0, offset),
        np.where(plain, 1, divisor),
    )
    return dict(zip(SCALES, found, strict=True))


def scale_values(feed: DescribedFeed, told: Told, values: np.ndarray) -> np.ndarray:
    """Scale values in the units of the data, ``(n, targets, ...)``, as the run's rows are."""
    scaled = np.empty(values.shape)
    for number in np.unique(told.series):
        own = told.series == number
        for target in range(feed.shape.num_targets):
            scaler = feed.lines[number].scaler
            scaled[own, target] = scaler.transform_target(values[own, target], target)
    return scaled
