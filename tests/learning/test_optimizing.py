from __future__ import annotations

from typing import Any

import keras
import numpy as np
import pytest
from keras import ops

from lstm_core.events import ignore_events
from lstm_core.learning.fitting import fit_network
from lstm_core.learning.optimizing import make_optimizer, restart
from lstm_core.spec import TrainingSpec
from tests.learning.test_trainer import fit, make_examples, make_network
from tests.learning.trainers import make_forecaster

pytestmark = pytest.mark.backend(each=("optimizer",))


def make_spec(**values: object) -> TrainingSpec:
    defaults = {"learning_rate": 0.01, "decay": 1.0, "batch_size": 16, "clip_norm": None}
    return TrainingSpec.model_validate({**defaults, **values})


class Walk:
    """One weight that begins at 0 and is changed step by step."""

    def __init__(self, spec: TrainingSpec, num_steps: int = 10) -> None:
        self.weight = keras.Variable(np.zeros(1), dtype="float32")
        self.spec = spec
        self.optimizer = make_optimizer(spec)
        self.optimizer.build([self.weight])
        self.restart(num_steps)

    def restart(self, num_steps: int) -> None:
        self.weight.assign([0.0])
        restart(self.optimizer, self.spec, num_steps)

    def take(self, *gradients: float) -> list[float]:
        """Return where the weight is after each step."""
        places = []
        for gradient in gradients:
            self._apply([ops.convert_to_tensor([gradient], "float32")])
            places.append(float(self.weight[0]))
        return places

    def _apply(self, gradients: list[Any]) -> None:
        if keras.config.backend() != "jax":
            self.optimizer.apply(gradients, [self.weight])
            return
        # As Keras's trainer does it on JAX, where scaling the loss knows no other way.
        variables = self.optimizer.variables
        state = [variable.value for variable in variables]
        (weight,), state = self.optimizer.stateless_apply(state, gradients, [self.weight.value])
        self.weight.assign(weight)
        for variable, value in zip(variables, state, strict=True):
            variable.assign(value)


def follow(walk: Walk, num_steps: int) -> list[float]:
    """Return the learning rate of each step."""
    rates = []
    for _ in range(num_steps):
        rates.append(float(walk.optimizer.learning_rate))
        walk.take(1.0)
    return rates


def test_lion_takes_the_sign_of_gradient_and_memory() -> None:
    walk = Walk(make_spec(optimizer="lion"))
    # The first gradient of 1 leaves 0.01 in the memory. A small one against it changes nothing:
    # 0.9 * 0.01 - 0.1 * 0.05 is positive still.
    assert walk.take(1.0, -0.05, -5.0) == pytest.approx([-0.01, -0.02, -0.01])


def test_momentum_keeps_its_share_of_a_step() -> None:
    plain = Walk(make_spec(optimizer="sgd"))
    assert plain.take(1.0, 0.0) == pytest.approx([-0.01, -0.01])
    heavy = Walk(make_spec(optimizer="sgd", momentum=0.5))
    assert heavy.take(1.0, 0.0, 0.0) == pytest.approx([-0.01, -0.015, -0.0175])


def test_adamw_draws_weights_to_zero() -> None:
    kept, drawn = (Walk(make_spec(optimizer=name)) for name in ("adam", "adamw"))
    for walk in (kept, drawn):
        walk.weight.assign([1.0])
    assert kept.take(0.0) == [1.0]
    assert drawn.take(0.0)[0] < 1.0


def test_cosine_falls_to_nothing() -> None:
    walk = Walk(make_spec(schedule="cosine"), num_steps=8)
    expected = 0.01 * 0.5 * (1 + np.cos(np.pi * np.arange(8) / 8))
    np.testing.assert_allclose(follow(walk, 8), expected, rtol=1e-4)
    assert float(walk.optimizer.learning_rate) == pytest.approx(0, abs=1e-9)


def test_one_cycle_rises_and_falls() -> None:
    walk = Walk(make_spec(schedule="one_cycle"), num_steps=20)
    rising = 0.01 * (1 + 24 * np.arange(6) / 6) / 25
    falling = 0.01 * 0.5 * (1 + np.cos(np.pi * np.arange(14) / 14))
    np.testing.assert_allclose(follow(walk, 20), [*rising, *falling], rtol=1e-4)


def test_one_cycle_of_a_single_step_is_its_peak() -> None:
    assert follow(Walk(make_spec(schedule="one_cycle"), 1), 1) == pytest.approx([0.01])


def test_a_constant_rate_stays() -> None:
    trainer, _, _ = fit(make_examples(), epochs=3, schedule="constant", decay=0.5)
    assert float(trainer.optimizer.learning_rate) == pytest.approx(1e-3)


@pytest.mark.parametrize(("patience", "halvings"), [(None, 2), (4, 2)])
def test_a_plateau_halves_the_rate(patience: int | None, halvings: int) -> None:
    # Steps this small change nothing: the first epoch stays the best.
    rate = 1e-20
    trainer, epochs, _ = fit(
        make_examples(),
        epochs=9,
        schedule="plateau",
        optimizer="sgd",
        learning_rate=rate,
        patience=patience,
    )
    assert len(epochs) == (patience + 1 if patience else 9)
    assert float(trainer.optimizer.learning_rate) == pytest.approx(rate / 2**halvings, rel=1e-3)


@pytest.mark.parametrize("schedule", ["cosine", "one_cycle"])
def test_a_longer_fit_of_the_same_trainer_follows_its_own_course(schedule: str) -> None:
    # Clipped to one length and learnt from one batch, each step is as long as its rate.
    examples = make_examples()
    spec = make_spec(
        schedule=schedule, optimizer="sgd", clip_norm=1e-3, batch_size=1_000, learning_rate=0.1
    )
    trainer = make_forecaster(make_network(examples), examples, spec)
    start = trainer.get_weights()
    for epochs in (1, 10, 4):
        trainer.set_weights(start)
        fit_network(
            trainer,
            examples.cutoffs["train"],
            examples.cutoffs["validation"][:0],
            spec,
            epochs=epochs,
            on_event=ignore_events,
            should_stop=lambda: False,
        )
        moved = max(
            np.linalg.norm(now - was) for now, was in zip(trainer.get_weights(), start, strict=True)
        )
        expected = 1e-3 * sum(follow(Walk(spec, epochs), epochs))
        assert moved == pytest.approx(expected, rel=0.02)


@pytest.mark.parametrize("optimizer", ["adam", "adamw", "rmsprop", "sgd", "lion"])
@pytest.mark.parametrize(
    ("schedule", "precision"), [("decay", "float32"), ("one_cycle", "mixed_float16")]
)
def test_every_optimizer_begins_anew(optimizer: str, schedule: str, precision: str) -> None:
    spec = make_spec(optimizer=optimizer, schedule=schedule, precision=precision, momentum=0.9)
    walk = Walk(spec, 4)
    first = walk.take(1.0, -2.0, 0.5, 0.1)
    walk.restart(4)
    assert int(walk.optimizer.iterations) == 0
    assert walk.take(1.0, -2.0, 0.5, 0.1) == first


def test_sixteen_bits_scale_the_loss_and_survive_an_overflow() -> None:
    walk = Walk(make_spec(optimizer="sgd", precision="mixed_float16"))
    assert float(walk.optimizer.scale_loss(ops.convert_to_tensor(1.0))) == 2.0**15
    assert walk.take(2.0**15) == pytest.approx([-0.01])
    assert walk.take(float("inf")) == pytest.approx([-0.01])  # left out
    assert float(walk.optimizer.scale_loss(ops.convert_to_tensor(1.0))) == 2.0**14
    walk.restart(10)
    assert float(walk.optimizer.scale_loss(ops.convert_to_tensor(1.0))) == 2.0**15
