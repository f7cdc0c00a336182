from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from lstm_core.tasks.forecasting.pretrained.keras_network import (
    Sizes,
    build_network,
    find_sizes,
    give_weights,
    name_inputs,
    take_weights,
)
from lstm_core.tasks.forecasting.pretrained.made_up import KINDS, RHYTHMS, Rhythm
from lstm_core.tasks.forecasting.pretrained.network import compute_quantiles
from lstm_core.tasks.forecasting.pretrained.packing import Pretrained, unpack
from lstm_core.tasks.forecasting.pretrained.training import batches, loop
from lstm_core.tasks.forecasting.pretrained.training.batches import (
    SHARES,
    STEPS_A_BATCH,
    make_batch,
)
from lstm_core.tasks.forecasting.pretrained.training.checkpoints import (
    Progress,
    find_checkpoint,
    load_checkpoint,
    save_checkpoint,
)
from lstm_core.tasks.forecasting.pretrained.training.finishing import pack_trainings
from lstm_core.tasks.forecasting.pretrained.training.held_out import measure_loss
from lstm_core.tasks.forecasting.pretrained.training.loop import Plan, find_start, train
from tests.tasks.forecasting.pretrained.untrained import make_untrained

SMALL = Sizes(layers=2, units=4, width=6)
PLAN = Plan(batches=4, seed=5, batch_size=4, every=2, falling=0.5, sizes=SMALL)


@pytest.mark.backend(each=())
@pytest.mark.parametrize("sizes", [SMALL, Sizes(1, 3, 5)], ids=["two layers", "one layer"])
def test_numpy_answers_what_the_engine_does(sizes: Sizes) -> None:
    model = build_network(sizes)
    rng = np.random.default_rng(1)
    model.set_weights([rng.normal(size=one.shape, scale=0.3) for one in model.get_weights()])
    description = make_batch(rng, 12).description

    theirs = model.predict_on_batch(name_inputs(description))
    ours = compute_quantiles(take_weights(model), description)

    assert ours == pytest.approx(theirs, rel=1e-4, abs=1e-4)
    assert find_sizes(take_weights(model)) == sizes
    other = build_network(sizes)
    give_weights(other, take_weights(model))
    assert other.predict_on_batch(name_inputs(description)) == pytest.approx(theirs)


@pytest.mark.parametrize("rhythm", RHYTHMS, ids=lambda rhythm: rhythm.name)
def test_a_batch_is_numbers_that_can_be_learnt_from(rhythm: Rhythm) -> None:
    batch = make_batch(np.random.default_rng(4), 12, rhythm)
    described = batch.description
    for array in (described.inputs, described.queries, described.tried, described.candidates):
        assert array.dtype == np.float32
        assert np.isfinite(array).all()
    assert batch.actual.shape == batch.importance.shape == (12, STEPS_A_BATCH)
    assert np.isfinite(batch.actual).all()
    assert batch.importance.min() >= 0
    assert batch.importance.mean() == pytest.approx(1)


def test_every_rhythm_has_its_share() -> None:
    assert {rhythm.name for rhythm in RHYTHMS} == SHARES.keys()


@pytest.mark.slow
def test_a_stopped_training_goes_on_as_if_it_had_not_been(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole, stopped = tmp_path / "whole", tmp_path / "stopped"
    train(whole, PLAN)
    made = 0

    def stop_after_three(*arguments: object, **named: object) -> object:
        nonlocal made
        made += 1
        if made > 3:
            raise KeyboardInterrupt
        return make_batch(*arguments, **named)  # type: ignore[arg-type]

    with monkeypatch.context() as patched:
        patched.setattr(loop, "make_batch", stop_after_three)
        with pytest.raises(KeyboardInterrupt):
            train(stopped, PLAN)
    assert load_checkpoint(find_checkpoint(stopped))[0].batches == 2
    train(stopped, PLAN)

    (one, weights), (other, again) = (
        load_checkpoint(find_checkpoint(folder)) for folder in (whole, stopped)
    )
    assert one.batches == other.batches == 4
    assert one.losses == pytest.approx(other.losses)
    for group in ("weights", "average", "optimizer"):
        for here, there in zip(weights[group], again[group], strict=True):
            assert here == pytest.approx(there, rel=1e-5, abs=1e-6)


def test_the_rate_is_steady_and_falls_at_the_end() -> None:
    plan = Plan(batches=10_000, falling=0.2, rate=1.0)
    assert plan.find_rate(0) < 0.01
    assert plan.find_rate(400) == plan.find_rate(8_000) == 1.0
    assert plan.find_rate(9_000) == pytest.approx(0.5, abs=0.01)
    assert 0 < plan.find_rate(9_999) < 0.01


def test_a_longer_training_goes_on_from_where_the_rate_fell(tmp_path: Path) -> None:
    for name, done in (("steady", 70), ("checkpoint", 100)):
        save_checkpoint(tmp_path / f"{name}.npz", Progress(done), {})

    def start_of(number: int) -> Path | None:
        return find_start(tmp_path, Plan(batches=number, falling=0.3))

    assert start_of(100) == tmp_path / "checkpoint.npz"
    assert start_of(200) == tmp_path / "steady.npz"
    assert find_start(tmp_path / "elsewhere", PLAN) is None


def test_a_file_holds_the_averaged_weights_of_each_training(tmp_path: Path) -> None:
    folders = [tmp_path / "a", tmp_path / "b"]
    for seed, folder in enumerate(folders):
        train(folder, Plan(batches=1, seed=seed, batch_size=4, sizes=SMALL))

    members, about = unpack(pack_trainings(folders, SMALL))

    averages = load_checkpoint(find_checkpoint(folders[1]))[1]["average"]
    for found, wanted in zip(members[1].values(), averages, strict=True):
        assert found == pytest.approx(wanted, rel=1e-3, abs=1e-4)
    assert [one["seed"] for one in about["trainings"]] == [0, 1]


def test_the_held_out_loss_is_the_same_each_time_and_hides_what_was_hidden() -> None:
    pretrained: Pretrained = make_untrained()
    seen = []

    def look(description: object) -> object:
        seen.append(description)
        return description

    first = measure_loss(pretrained, count=4)
    assert first == measure_loss(pretrained, look, count=4)  # type: ignore[arg-type]
    assert len(seen) == len(RHYTHMS)


def test_where_there_is_no_season_most_are_of_the_family_of_most_tables() -> None:
    yearly = RHYTHMS[0]
    assert yearly.seasons == ()
    made = batches._make(np.random.default_rng(1), yearly, 400, 30, None)
    names = [KINDS[number].name for number in made.kind]
    assert 0.8 < names.count("structural") / len(names) < 0.95
    assert names.count("random walk")


def test_near_steps_count_for_more_than_far_ones_whose_errors_are_larger() -> None:
    ahead = np.array([1, 4, 16])
    weights = batches._weigh(np.ones((2, 3)), ahead)
    np.testing.assert_allclose(weights[:, :1] / weights, [[1, 2, 4]] * 2)
    assert weights.mean() == pytest.approx(1)
