"""Turns by another clock than the calendar's: machines, stocks, tides."""

from __future__ import annotations

import numpy as np

from lstm_core.tasks.forecasting.pretrained.made_up.draws import Draws
from lstm_core.tasks.forecasting.pretrained.made_up.kinds.kind import Kind, suit_short_steps
from lstm_core.tasks.forecasting.pretrained.made_up.levels import draw_level
from lstm_core.tasks.forecasting.pretrained.made_up.noise import draw_noise
from lstm_core.tasks.forecasting.pretrained.made_up.rhythms import Rhythm
from lstm_core.tasks.forecasting.pretrained.made_up.scales import scale_up
from lstm_core.tasks.forecasting.pretrained.made_up.signals import Signal


def make_machines(draws: Draws, rhythm: Rhythm, length: int) -> Signal:
    """A wave, a saw, a duty of on and off, or beats of two waves, of a length of its own."""
    steps = np.arange(length)[None]
    turn = draws.log_uniform(3, max(length / 3, 6))
    slip = np.cumsum(draws.normal(length), 1) * draws.some(0.5, draws.log_uniform(0.003, 0.05))
    phase = (steps + slip) / turn + draws.uniform(0, 1)
    wave = np.sin(2 * np.pi * phase)
    near = draws.uniform(0.4, 2.3)
    beats = (wave + draws.uniform(0.2, 1) * np.sin(2 * np.pi * phase * near)) / 1.3
    saw = 2 * (phase % 1) - 1
    saw = saw * draws.sign(0.35)
    duty = np.where(phase % 1 < draws.uniform(0.15, 0.85), 1.0, -1.0)
    shape = draws.one_of(0.35, 0.25, 0.2, 0.2)
    out = draws.log_uniform(0.1, 0.8) * np.choose(shape, [wave, beats, saw, duty])
    out += draws.log_uniform(0.003, 0.2) * draw_noise(draws, length)
    out += draws.some(0.4, 0.5) * draw_level(draws, length, 4 / max(rhythm.longest, 4), 0.2)
    return scale_up(draws, out)


MACHINES = Kind(
    "turns of their own",
    3,
    "Compressors, batches, stocks that are filled up, tides, spots of the sun: a rhythm that the"
    " calendar does not tell, and that is read from the values alone.",
    make_machines,
    suit_short_steps,
)
