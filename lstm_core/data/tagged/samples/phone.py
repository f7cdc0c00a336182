"""Made-up days of people with a phone in a pocket: what they do changes within a recording.

Each person has a pace, a strength and a way to carry the phone. Stairs are left and entered
walking, so that what was done before tells something of what is done now.
"""

from __future__ import annotations

import numpy as np

from lstm_core.data.items.collection import as_objects
from lstm_core.data.items.signals import Signals
from lstm_core.data.tagged.collection import TaggedCollection

_SEED = 20_260_402
_PEOPLE = (
    "Ada", "Ben", "Cleo", "Dan", "Eva", "Finn", "Gita", "Hugo", "Ines", "Jan", "Kim", "Leo",
)  # fmt: skip
_NUM_RECORDINGS = 4
_STEPS_A_SECOND = 10
_NUM_STRETCHES = (4, 8)
_SECONDS = (3.0, 10.0)
_FOLLOWS = {
    "still": ("walking", "walking", "running"),
    "walking": ("still", "stairs up", "stairs down", "running", "still"),
    "stairs up": ("walking", "walking", "still"),
    "stairs down": ("walking", "walking", "running"),
    "running": ("walking", "walking", "still"),
}
"""What comes after what, each as likely as it occurs here."""
_MOTION = {
    # steps a second, strength, share of the sharp second beat, lean forward
    "walking": (1.8, 0.25, 0.3, 0.05),
    "stairs up": (1.5, 0.22, 0.15, 0.18),
    "stairs down": (1.9, 0.34, 0.6, -0.06),
    "running": (2.7, 0.8, 0.4, 0.1),
}


def make_days() -> TaggedCollection:
    """Return 48 recordings, four of each of twelve people; the same on every machine."""
    generator = np.random.default_rng(_SEED)
    items: list[np.ndarray] = []
    tags: list[str] = []
    groups: list[str] = []
    ids: list[str] = []
    for person in _PEOPLE:
        pace, strength = generator.uniform(0.85, 1.15), generator.uniform(0.7, 1.4)
        hold = generator.normal(0, 0.25, 3)
        for number in range(_NUM_RECORDINGS):
            done = _plan(generator)
            items.append(_move(generator, done, pace, strength, hold))
            tags += done
            groups.append(person)
            ids.append(f"{person}, recording {number + 1}")
    return TaggedCollection(
        content="numbers",
        scheme="plain",
        ids=as_objects(ids),
        tags=as_objects(tags),
        signals=Signals.from_items(items, ("x", "y", "z")),
        groups=as_objects(groups),
        source="sample",
        name="phone_in_a_day",
        roles=(("tag", "activity"), ("group", "person")),
        notes=("Accelerations in g at 10 steps a second, computed by a program.",),
    )


def _plan(generator: np.random.Generator) -> list[str]:
    """Return what is done in each step of a recording."""
    doing = ("still", "walking")[int(generator.integers(2))]
    done: list[str] = []
    for _ in range(int(generator.integers(*_NUM_STRETCHES))):
        seconds = generator.uniform(*_SECONDS)
        done += [doing] * round(seconds * _STEPS_A_SECOND)
        follows = _FOLLOWS[doing]
        doing = follows[int(generator.integers(len(follows)))]
    return done


def _move(
    generator: np.random.Generator,
    done: list[str],
    pace: float,
    strength: float,
    hold: np.ndarray,
) -> np.ndarray:
    """Return accelerations, ``(steps, 3)``; the pace and the strength change within half a second.

    The phase runs on through a change, as legs do.
    """
    motions = np.array([_MOTION.get(doing, (1.6, 0.0, 0.0, 0.0)) for doing in done])
    smooth = np.stack([_smooth(motions[:, column]) for column in range(4)], axis=1)
    frequency, swing, sharp, lean = smooth.T
    wander = 1 + 0.05 * _smooth(generator.normal(0, 1, len(done)))
    phase = 2 * np.pi * np.cumsum(frequency * pace * wander) / _STEPS_A_SECOND
    phase += generator.uniform(0, 2 * np.pi)
    swing = swing * strength
    x = lean + 0.5 * swing * np.sin(phase + 0.6)
    y = 0.3 * swing * np.sin(phase / 2)
    z = 1 + swing * (np.sin(phase) + sharp * np.sin(2 * phase + 0.4))
    values = np.stack([x, y, z], axis=1) + hold
    noise: np.ndarray = generator.normal(0, 0.04, values.shape)
    return (values + noise).round(3)


def _smooth(values: np.ndarray) -> np.ndarray:
    width = 5
    padded = np.pad(values, width // 2, mode="edge")
    return np.convolve(padded, np.ones(width) / width, mode="valid")
