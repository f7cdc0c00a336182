"""Made-up gestures of a hand with a phone: three accelerations, unequal lengths, ten people.

Two of the five differ in their direction alone, so the order of the steps has to be seen. Each
person has a speed, a strength and a way to hold the phone: who judges on people that were in
training judges too well.
"""

from __future__ import annotations

import numpy as np

from lstm_core.data.items.collection import ItemCollection, as_objects
from lstm_core.data.items.signals import Signals

_SEED = 20_260_315
_PEOPLE = ("Ada", "Ben", "Cleo", "Dan", "Eva", "Finn", "Gita", "Hugo", "Ines", "Jan")
_GESTURES = ("circle left", "circle right", "swipe", "zigzag", "double tap")
_NUM_TIMES = 12
_STEPS_A_SECOND = 25


def make_gestures() -> ItemCollection:
    """Return 600 gestures, 12 of each kind by each of ten people; the same on every machine."""
    generator = np.random.default_rng(_SEED)
    items, labels, groups, ids = [], [], [], []
    for person in _PEOPLE:
        speed, strength = generator.uniform(0.7, 1.4), generator.uniform(0.6, 1.6)
        hold = _turn(generator.normal(0, 0.35, 3))
        for gesture in _GESTURES:
            for number in range(_NUM_TIMES):
                seconds = generator.uniform(1.2, 2.2) / speed
                path = _move(generator, gesture, seconds)
                path = path * strength * generator.uniform(0.8, 1.2)
                rest = np.array([0.0, 0.0, 1.0]) + generator.normal(0, 0.05, 3)
                values = (path + rest) @ hold + generator.normal(0, 0.08, path.shape)
                items.append(values.round(3))
                labels.append(gesture)
                groups.append(person)
                ids.append(f"{person} {gesture} {number + 1}")
    order = generator.permutation(len(items))
    return ItemCollection(
        content="numbers",
        ids=as_objects(ids)[order],
        labels=as_objects(labels)[order],
        signals=Signals.from_items(items, ("x", "y", "z")).select(order),
        groups=as_objects(groups)[order],
        source="sample",
        name="gestures",
        roles=(("label", "gesture"), ("group", "person")),
        notes=("Accelerations in g at 25 steps a second, computed by a program.",),
    )


def _move(generator: np.random.Generator, gesture: str, seconds: float) -> np.ndarray:
    """Return accelerations without gravity, ``(steps, 3)``, still before and after."""
    num_steps = max(12, round(seconds * _STEPS_A_SECOND))
    phase = np.linspace(0, 1, num_steps)
    swell = np.sin(np.pi * phase) ** 0.5
    start = generator.uniform(0, 2 * np.pi)
    x = y = z = np.zeros(num_steps)
    if gesture in ("circle left", "circle right"):
        turns = generator.uniform(1.0, 1.6)
        angle = start + 2 * np.pi * turns * phase * (1 if gesture == "circle left" else -1)
        x, y = swell * np.cos(angle), swell * np.sin(angle)
    elif gesture == "swipe":
        way = 1 if generator.integers(2) else -1
        x = way * swell * np.sin(2 * np.pi * phase)
        y = 0.2 * swell * np.cos(np.pi * phase + start)
    elif gesture == "zigzag":
        times = generator.uniform(2.5, 3.5)
        x = swell * np.sign(np.sin(2 * np.pi * times * phase)) * 0.8
        y = swell * np.sin(np.pi * phase + start) * 0.3
    else:
        for middle in (0.3, 0.3 + generator.uniform(0.25, 0.4)):
            z = z + 1.5 * np.exp(-(((phase - middle) / 0.05) ** 2))
    still = [np.zeros((int(generator.integers(2, 10)), 3)) for _ in range(2)]
    return np.concatenate([still[0], np.stack([x, y, z], axis=1), still[1]])


def _turn(angles: np.ndarray) -> np.ndarray:
    """Return a rotation about the three axes, ``(3, 3)``."""
    turned = np.eye(3)
    for axis, angle in enumerate(angles):
        first, second = [other for other in range(3) if other != axis]
        about = np.eye(3)
        about[first, first] = about[second, second] = np.cos(angle)
        about[first, second], about[second, first] = -np.sin(angle), np.sin(angle)
        turned = turned @ about
    return turned
