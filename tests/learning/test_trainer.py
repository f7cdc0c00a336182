from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from itertools import count

import keras
import numpy as np
import pytest
from keras import ops

from lstm_core.errors import NothingLearnt, RunCancelled, TrainingError
from lstm_core.events import (
    BatchFinished,
    EpochFinished,
    Event,
    Listener,
    ignore_events,
)
from lstm_core.learning import callbacks as training
from lstm_core.learning.feeds.window_table import WindowTable
from lstm_core.learning.feeds.windows import WindowFeed
from lstm_core.learning.fitting import Fit, fit_network
from lstm_core.learning.trainer import Trainer, describe_device
from lstm_core.models.building import Encoded
from lstm_core.models.plan import Plan
from lstm_core.spec import ExperimentSpec, TrainingSpec
from lstm_core.tasks.forecasting.framing.examples import frame_dataset
from lstm_core.tasks.forecasting.framing.scaling import ScalingName
from lstm_core.tasks.forecasting.network.building import build_network
from tests.learning.trainers import hold, make_forecaster
from tests.shares import share, share_combinations
from tests.tasks.datasets import make_dataset, make_sine

on_each_engine = pytest.mark.backend(each=("loss", "has_future"))


def make_spec(
    *, lookback: int = 4, scaling: ScalingName = "standard", ranges: str = "residuals"
) -> ExperimentSpec:
    return ExperimentSpec().with_values(
        {
            "task.lookback": lookback,
            "task.horizon": 3,
            "task.scaling": scaling,
            "task.window_normalisation": "none",
            "task.ranges": ranges,
            "model.architecture": "vanilla",
            "model.units": 4,
            "model.mixing": True,
        }
    )


def make_examples(
    values: np.ndarray | None = None,
    *,
    observed: np.ndarray | None = None,
    has_future: bool = False,
    lookback: int = 4,
    scaling: ScalingName = "standard",
) -> WindowFeed:
    """Two targets and one covariate unless ``values`` has one column."""
    if values is None:
        values = np.column_stack([make_sine(80), make_sine(80, 9), make_sine(80, 5)])
    num_targets = min(2, values.shape[-1]) if values.ndim == 2 else 1
    dataset = make_dataset(
        values,
        num_targets=num_targets,
        observed=observed,
        future={"series": np.arange(6.0)[:, None]} if has_future else None,
    )
    return frame_dataset(dataset, make_spec(lookback=lookback, scaling=scaling)).examples


def make_network(
    examples: WindowFeed, seed: int = 1, l2: float = 0.0, ranges: str = "residuals"
) -> keras.Model:
    """Training does not care what the encoder is; this one compiles faster than an LSTM."""
    keras.utils.set_random_seed(seed)

    def encode(plan: Plan, window: keras.KerasTensor) -> Encoded:
        penalty = keras.regularizers.L2(l2) if l2 else None
        layer = keras.layers.Dense(4, "tanh", kernel_regularizer=penalty, name="encoder")
        return Encoded(layer(keras.layers.Flatten()(window)))

    return build_network(examples.shape, make_spec(ranges=ranges), encode)


def fit(
    examples: WindowFeed,
    *,
    should_stop: Callable[[], bool] = lambda: False,
    should_conclude: Callable[[], bool] = lambda: False,
    on_event: Listener = ignore_events,
    l2: float = 0.0,
    **values: object,
) -> tuple[Trainer, list[EpochFinished], Fit]:
    defaults = {
        "epochs": 2,
        "batch_size": 16,
        "learning_rate": 1e-3,
        "schedule": "decay",
        "decay": 1.0,
    }
    spec = TrainingSpec.model_validate({**defaults, **values})
    epochs: list[EpochFinished] = []

    def listen(event: Event) -> None:
        on_event(event)
        if isinstance(event, EpochFinished):
            epochs.append(event)

    trainer = make_forecaster(make_network(examples, l2=l2), examples, spec)
    found = fit_network(
        trainer,
        examples.cutoffs["train"],
        examples.cutoffs["validation"],
        spec,
        on_event=listen,
        should_stop=should_stop,
        should_conclude=should_conclude,
    )
    return trainer, epochs, found


def gather(examples: WindowFeed, cutoffs: np.ndarray) -> tuple[list[np.ndarray], np.ndarray]:
    """Cut windows and actual values out one by one: what the trainer does on the device."""
    shape = examples.shape
    past = [examples.past[row - shape.lookback + 1 : row + 1] for row in cutoffs]
    future = [examples.future[row + 1 : row + 1 + shape.horizon] for row in cutoffs]
    actual = [
        examples.past[row + 1 : row + 1 + shape.horizon, : shape.num_targets] for row in cutoffs
    ]
    inputs = [np.stack(past)] + ([np.stack(future)] if shape.num_future else [])
    return inputs, np.stack(actual)


def measure_loss(trainer: Trainer, cutoffs: np.ndarray) -> float:
    rows = ops.convert_to_tensor(cutoffs)
    return float(trainer.compute_loss(x=rows, y_pred=trainer(rows), training=False))


@on_each_engine
@pytest.mark.parametrize("has_future", [False, True])
def test_windows_are_gathered_as_if_cut_one_by_one(has_future: bool) -> None:
    examples = make_examples(has_future=has_future)
    network = make_network(examples)
    trainer = hold(network, examples, TrainingSpec())
    trainer.compile()
    for part in examples.cutoffs:
        cutoffs = examples.cutoffs[part]
        if part == "forecast":  # behind it there are no actual values to cut out
            past = examples.past[cutoffs[0] - 3 : cutoffs[0] + 1][None]
            ahead = examples.future[cutoffs[0] + 1 : cutoffs[0] + 4][None]
            inputs = [past, ahead][: 1 + has_future]
        else:
            inputs, _ = gather(examples, cutoffs)
        np.testing.assert_allclose(
            trainer.predict_places(cutoffs), network.predict(inputs, verbose=0), atol=1e-6
        )


@on_each_engine
@pytest.mark.parametrize(
    ("loss", "measure"),
    [
        ("mae", lambda error: np.abs(error)),
        ("mse", lambda error: error**2),
        ("huber", lambda error: np.where(abs(error) <= 1, error**2 / 2, abs(error) - 0.5)),
        ("log_cosh", lambda error: np.log(np.cosh(error))),
        ("pinball", lambda error: np.where(error > 0, 0.8 * error, -0.2 * error)),
    ],
)
def test_the_loss_is_the_one_asked_for(
    loss: str, measure: Callable[[np.ndarray], np.ndarray]
) -> None:
    examples = make_examples()
    network = make_network(examples)
    cutoffs = examples.cutoffs["train"][:10]
    inputs, actual = gather(examples, cutoffs)
    error = actual - network.predict(inputs, verbose=0)[..., 0]
    assert np.abs(error).max() > 1 > np.abs(error).min()  # both sides of Huber's bend
    trainer = hold(network, examples, TrainingSpec(loss=loss, pinball_level=0.8))
    found = measure_loss(trainer, cutoffs)
    assert found == pytest.approx(float(measure(error).mean()), rel=1e-5)


@on_each_engine
def test_filled_values_have_no_say_in_the_loss() -> None:
    observed = np.ones((80, 2), bool)
    observed[10:14, 0] = False
    examples = make_examples(observed=observed)
    network = make_network(examples)
    cutoffs = np.arange(8, 14, dtype=np.int32)
    inputs, actual = gather(examples, cutoffs)
    weight = np.stack([observed[row + 1 : row + 4] for row in cutoffs])
    error = np.abs(actual - network.predict(inputs, verbose=0)[..., 0])
    found = measure_loss(hold(network, examples, TrainingSpec()), cutoffs)
    assert found == pytest.approx(float(error[weight].mean()), rel=1e-5)
    assert found != pytest.approx(float(error.mean()), rel=1e-3)


@on_each_engine
def test_a_batch_of_filled_values_costs_nothing() -> None:
    observed = np.ones((80, 2), bool)
    observed[10:14] = False
    examples = make_examples(observed=observed)
    trainer = hold(make_network(examples), examples, TrainingSpec())
    assert measure_loss(trainer, np.array([10], np.int32)) == 0.0


def test_penalties_are_part_of_the_loss() -> None:
    examples = make_examples()
    cutoffs = examples.cutoffs["train"][:10]
    plain, penalised = (
        measure_loss(hold(make_network(examples, l2=l2), examples, TrainingSpec()), cutoffs)
        for l2 in (0.0, 0.1)
    )
    kernel = make_network(examples).get_layer("encoder").kernel
    assert penalised - plain == pytest.approx(0.1 * float(ops.sum(kernel**2)), rel=1e-4)


def test_events_tell_the_whole_story_in_order(
    monkeypatch: pytest.MonkeyPatch, batch_by_batch: None
) -> None:
    monkeypatch.setattr(training, "BATCH_EVENT_SECONDS", 0.0)
    heard: list[Event] = []
    examples = make_examples()
    fit(examples, on_event=heard.append, epochs=2)
    num_batches = -(-len(examples.cutoffs["train"]) // 16)
    for epoch in (1, 2):
        share = [event for event in heard if getattr(event, "epoch", None) == epoch]
        *batches, end = share
        fractions = [event.fraction for event in batches if isinstance(event, BatchFinished)]
        assert fractions == [batch / num_batches for batch in range(1, num_batches)]
        assert isinstance(end, EpochFinished)
        assert end.seconds > 0
        assert 0 < end.loss < 10
        assert 0 < end.validation_loss < 10


def test_batches_are_not_told_more_often_than_is_of_use(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(training, "BATCH_EVENT_SECONDS", 1e9)
    heard: list[Event] = []
    fit(make_examples(), on_event=heard.append, epochs=1)
    assert [type(event) for event in heard] == [EpochFinished]


@on_each_engine
def test_the_validation_loss_is_the_loss_on_the_validation_part() -> None:
    examples = make_examples()
    trainer, epochs, _ = fit(examples, epochs=1)
    found = measure_loss(trainer, examples.cutoffs["validation"])
    assert epochs[0].validation_loss == pytest.approx(found, rel=1e-4)


@on_each_engine
def test_the_best_weights_are_restored() -> None:
    # Behind one window of the training part's kind comes what the training part never has: the
    # better that is learned, the worse the validation loss.
    values = np.concatenate([np.tile([1.0, 3.0], 28), np.tile([-9.0, -7.0], 12)])
    examples = make_examples(values, scaling="none")
    cutoffs = {**examples.cutoffs, "validation": examples.cutoffs["validation"][:1]}
    examples = replace(examples, cutoffs=cutoffs)
    trainer, epochs, found = fit(
        examples, epochs=4, patience=None, learning_rate=0.05, optimizer="sgd"
    )
    losses = [epoch.validation_loss for epoch in epochs]
    assert len(losses) == 4
    assert losses[-1] > 1.01 * min(losses)
    assert found == Fit(pytest.approx(min(losses)), losses.index(min(losses)) + 1, 4)
    restored = measure_loss(trainer, examples.cutoffs["validation"])
    assert restored == pytest.approx(min(losses), rel=1e-4)


@pytest.mark.parametrize(
    ("patience", "num_epochs"), share_combinations([(1, 2), (3, 4), (None, 6)], [(3, 4)])
)
def test_training_stops_when_patience_is_at_its_end(patience: int | None, num_epochs: int) -> None:
    # Changes this small vanish in the weights' last digit: the first epoch stays the best.
    _, epochs, _ = fit(
        make_examples(), epochs=6, patience=patience, learning_rate=1e-30, optimizer="sgd"
    )
    assert len(epochs) == num_epochs


def test_without_a_validation_part_all_epochs_are_trained_and_the_last_weights_kept() -> None:
    examples = make_examples()
    cutoffs = {**examples.cutoffs, "validation": examples.cutoffs["validation"][:0]}
    trainer, epochs, found = fit(
        replace(examples, cutoffs=cutoffs),
        epochs=3,
        patience=1,
        learning_rate=1e-30,
        batch_size=1_000,
    )
    assert len(epochs) == 3
    assert found.best_epoch == 3
    assert epochs[-1].validation_loss == epochs[-1].loss
    assert measure_loss(trainer, examples.cutoffs["train"]) == pytest.approx(
        epochs[-1].loss, rel=1e-3
    )


def test_an_epoch_of_fewer_windows_draws_others_each_time(monkeypatch: pytest.MonkeyPatch) -> None:
    examples = make_examples()
    train = examples.cutoffs["train"]
    plain = WindowTable.set_order
    drawn: list[np.ndarray] = []
    monkeypatch.setattr(
        WindowTable,
        "set_order",
        lambda self, cutoffs: (drawn.append(cutoffs), plain(self, cutoffs)),
    )
    _, epochs, _ = fit(examples, epochs=4, windows_per_epoch=16, learning_rate=1e-30)
    assert len(epochs) == 4
    assert [len(order) for order in drawn] == [16] * 4
    seen = np.concatenate(drawn)
    assert len(set(seen[: len(train)])) == min(len(train), 64)  # none twice before all came
    drawn.clear()
    fit(examples, epochs=2, windows_per_epoch=10_000, batch_size=10_000)
    assert [sorted(order) for order in drawn] == [train.tolist()] * 2
    assert drawn[0].tolist() != drawn[1].tolist()


def test_a_last_batch_is_filled_up_with_the_next_epoch_s_windows() -> None:
    examples = make_examples()
    trainer, _, _ = fit(examples, epochs=1, batch_size=16)
    num_cutoffs = len(examples.cutoffs["train"])
    assert num_cutoffs % 16
    learnt = ops.convert_to_numpy(trainer.table.order)[: -(-num_cutoffs // 16) * 16]
    assert set(learnt) == set(examples.cutoffs["train"])
    assert len(set(learnt[:num_cutoffs])) == num_cutoffs


@on_each_engine
def test_the_learning_rate_decays_by_its_share_each_epoch() -> None:
    trainer, _, _ = fit(make_examples(), epochs=3, learning_rate=0.01, decay=0.5)
    assert float(trainer.optimizer.learning_rate) == pytest.approx(0.0025)


@on_each_engine
def test_a_trainer_begins_anew_with_every_fit() -> None:
    examples = make_examples()
    spec = TrainingSpec(epochs=2, batch_size=16, learning_rate=0.01, decay=1.0)
    trainer = make_forecaster(make_network(examples), examples, spec)
    start = trainer.get_weights()
    found = []
    for _ in range(2):
        trainer.set_weights(start)
        fit_network(
            trainer,
            examples.cutoffs["train"][:16],
            examples.cutoffs["validation"],
            spec,
            on_event=ignore_events,
            should_stop=lambda: False,
        )
        found.append(trainer.get_weights())
    for ours, theirs in zip(*found, strict=True):
        np.testing.assert_allclose(ours, theirs, atol=1e-5)  # nothing of Adam's memory is left


@on_each_engine
def test_another_fold_is_learnt_without_compiling_anew() -> None:
    examples = make_examples()
    other = replace(examples, past=examples.past[::-1].copy())
    trainer, _, _ = fit(examples)
    cutoffs = examples.cutoffs["test"]
    before = trainer.predict_places(cutoffs)
    trainer.load(other)
    inputs, _ = gather(other, cutoffs)
    after = trainer.predict_places(cutoffs)
    np.testing.assert_allclose(after, trainer.network.predict(inputs, verbose=0), atol=1e-6)
    assert not np.allclose(before, after)


@on_each_engine
def test_learning_ranges_leaves_the_point_as_it_would_be() -> None:
    examples = make_examples()
    spec = TrainingSpec(
        epochs=2, batch_size=16, learning_rate=0.01, decay=1.0, optimizer="sgd", clip_norm=None
    )
    points = []
    for ranges in ("residuals", "quantile"):
        trainer = make_forecaster(make_network(examples, ranges=ranges), examples, spec)
        keras.utils.set_random_seed(3)
        fit_network(
            trainer,
            examples.cutoffs["train"][:16],
            examples.cutoffs["validation"],
            spec,
            on_event=ignore_events,
            should_stop=lambda: False,
        )
        points.append(trainer.predict_places(examples.cutoffs["test"])[..., 0])
    np.testing.assert_allclose(*points, atol=1e-5)


@on_each_engine
def test_a_request_to_stop_is_obeyed_before_the_next_batch(batch_by_batch: None) -> None:
    asked = count(1)
    heard: list[Event] = []
    with pytest.raises(RunCancelled):
        fit(
            make_examples(),
            epochs=1000,
            should_stop=lambda: next(asked) == 6,
            on_event=heard.append,
        )
    assert next(asked) == 7
    assert sum(isinstance(event, EpochFinished) for event in heard) == 1  # four batches an epoch


def test_a_request_to_conclude_leaves_the_best_weights_of_the_epochs_that_were_finished(
    batch_by_batch: None,
) -> None:
    asked = count(1)
    examples = make_examples()
    trainer, epochs, found = fit(
        examples,
        epochs=1000,
        should_conclude=lambda: next(asked) >= 11,  # in the third epoch: there are four batches
    )
    losses = [epoch.validation_loss for epoch in epochs]
    assert len(losses) == 2
    assert found == Fit(pytest.approx(min(losses)), losses.index(min(losses)) + 1, 2, is_cut=True)
    assert next(asked) == 12  # no batch began after it
    left = measure_loss(trainer, examples.cutoffs["validation"])
    assert left == pytest.approx(min(losses), rel=1e-4)


def test_before_the_first_epoch_is_finished_nothing_is_learnt(batch_by_batch: None) -> None:
    asked = count(1)
    with pytest.raises(NothingLearnt, match="before its first epoch"):
        fit(make_examples(), should_conclude=lambda: next(asked) >= 3)


@on_each_engine
def test_exploding_weights_end_in_a_sentence() -> None:
    heard: list[Event] = []
    with pytest.raises(TrainingError, match=r"loss became (nan|inf) .* Lower the learning rate"):
        fit(
            make_examples(),
            l2=1.0,  # each step of this size makes a weight 19 times as large
            epochs=50,
            optimizer="sgd",
            learning_rate=10.0,
            clip_norm=None,
            on_event=heard.append,
        )
    for event in heard:
        if isinstance(event, EpochFinished):
            assert np.isfinite([event.loss, event.validation_loss]).all()


@on_each_engine
def test_a_validation_loss_that_is_no_number_is_noticed() -> None:
    examples = make_examples()
    examples.past[examples.cutoffs["validation"][0] + 1 :] = 1e30  # its square is beyond float32
    with pytest.raises(TrainingError, match=r"validation loss became (inf|nan) in epoch 1"):
        fit(examples, epochs=1, loss="mse")


@pytest.mark.parametrize(
    "optimizer", share(["adam", "adamw", "rmsprop", "sgd", "lion"], ("adam", "sgd", "lion"))
)
def test_every_optimizer_learns(optimizer: str) -> None:
    _, epochs, _ = fit(make_examples(), epochs=4, optimizer=optimizer, learning_rate=0.01)
    assert epochs[-1].loss < epochs[0].loss


@on_each_engine
def test_clipping_limits_the_length_of_a_step() -> None:
    examples = make_examples()
    before = [ops.convert_to_numpy(weight) for weight in make_network(examples).trainable_weights]
    trainer, _, _ = fit(
        examples,
        epochs=1,
        batch_size=len(examples.cutoffs["train"]),
        optimizer="sgd",
        learning_rate=1.0,
        clip_norm=1e-3,
    )
    for weight, old in zip(trainer.network.trainable_weights, before, strict=True):
        assert 0 < np.linalg.norm(ops.convert_to_numpy(weight) - old) <= 1.01e-3


@on_each_engine
def test_the_same_seed_gives_the_same_network() -> None:
    examples = make_examples()
    first, second = (fit(examples, epochs=2)[0].get_weights() for _ in range(2))
    for ours, theirs in zip(first, second, strict=True):
        np.testing.assert_allclose(ours, theirs, atol=1e-6)


@on_each_engine
def test_memory_does_not_grow_with_the_lookback() -> None:
    sizes = []
    for lookback in (2, 30):
        examples = make_examples(lookback=lookback)
        trainer = hold(make_network(examples), examples, TrainingSpec())
        network = {id(weight) for weight in trainer.network.weights}
        held = [weight for weight in trainer.weights if id(weight) not in network]
        arrays = [examples.past, examples.future, examples.weight]
        sizes.append((sum(a.nbytes for a in arrays), sum(int(np.prod(w.shape)) for w in held)))
    assert sizes[0] == sizes[1]
    # Of 80 rows, with room for 128: the table, what each is told; the order, what is shown.
    assert sizes[0][1] == 128 * 3 + 128 + 1 + 2


@on_each_engine
def test_the_table_is_not_trained_and_not_among_the_network_s_weights() -> None:
    examples = make_examples()
    trainer, _, _ = fit(examples)
    held = ops.convert_to_numpy(trainer.table.past)
    np.testing.assert_array_equal(held[: len(examples.past)], examples.past)
    assert len(trainer.get_weights()) == len(trainer.network.get_weights())


@on_each_engine
def test_the_device_and_the_engine_are_named() -> None:
    kind, engine = describe_device().split(", ")
    assert kind in ("CPU", "GPU", "TPU")
    assert engine.lower() == keras.config.backend()
