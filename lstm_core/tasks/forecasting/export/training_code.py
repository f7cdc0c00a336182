"""What is made small, and how: the loss, the optimizer, the order of the windows."""

from __future__ import annotations

from lstm_core.export.code import (
    Code,
    Section,
    indent,
    join_definitions,
    write_call,
    write_function,
    write_list,
)
from lstm_core.export.source import cut_definitions, read_constant
from lstm_core.export.training_code import (
    list_callbacks,
    write_best_epoch,
    write_optimizer,
    write_rate,
)
from lstm_core.learning.feeds.feed import MAX_VALIDATION_PLACES
from lstm_core.spec import TrainingSpec
from lstm_core.tasks.forecasting.export.sources import SOURCES
from lstm_core.tasks.forecasting.export.story import Story
from lstm_core.tasks.forecasting.levels import list_quantiles

_LEAST_BATCH: int = read_constant("learning/feeds/ordered_table.py", "PREDICT_BATCH_SIZE")

_LOSSES = {
    "mae": "ops.abs(error)",
    "mse": "ops.square(error)",
    "huber": "_huber(error)",
    "log_cosh": "_log_cosh(error)",
}


def write_loss(story: Story) -> Section:
    """Write ``measure_loss``, and ``point`` where the epoch is chosen by a part of it."""
    training = story.spec.training
    error = _LOSSES.get(training.loss, f"_tilt(error, {training.pinball_level!r})")
    mean = "average({}, weight)" if story.has_gaps else "ops.mean({})"
    mask = ["actual, weight = split(actual)"] if story.has_gaps else []
    blocks = [_write_mask()] if story.has_gaps else []
    point = "measure_point" if story.watches_point else "measure_loss"
    predicted = "predicted[..., 0]" if story.frame.has_ranges else "predicted"
    blocks.append(
        write_function(
            f"{point}(actual, predicted)",
            "How far predictions are off.",
            [*mask, f"error = actual - {predicted}", f"return {mean.format(error)}"],
        )
    )
    if story.watches_point:
        told = "The same, once for each window: the best epoch is chosen by it."
        body = ["return measure_point(actual, predicted) * ops.ones_like(actual[:, 0, 0])"]
        blocks.append(write_function("point(actual, predicted)", told, body))
    if story.frame.has_ranges:
        # Told to as many digits as 32 bits keep.
        quantiles = [round(quantile, 6) for quantile in list_quantiles()]
        blocks.insert(0, f'QUANTILES = np.array({quantiles}, "float32")')
        body = [
            "loss = measure_point(actual, predicted)",
            *mask,
            "error = ops.expand_dims(actual, -1) - predicted[..., 1:]",
            "losses = ops.mean(_tilt(error, QUANTILES), axis=-1)",
            f"return loss + {mean.format('losses')}",
        ]
        told = "The loss of the point, and the pinball loss of the ranges' ends."
        blocks.append(write_function("measure_loss(actual, predicted)", told, body))
    elif story.watches_point:
        blocks.append("measure_loss = measure_point  # penalties on weights are added by Keras")
    note = "Of scaled values" + ("; what was filled does not count." if story.has_gaps else ".")
    code = join_definitions([*cut_definitions("\n\n".join(blocks), SOURCES), *blocks])
    return Section("The loss", note, code)


def _write_mask() -> str:
    body = [
        "is_known = ops.isfinite(actual)",
        'return ops.where(is_known, actual, 0.0), ops.cast(is_known, "float32")',
    ]
    return write_function("split(actual)", "Values without NaN, and which of them count.", body)


def write_training(story: Story) -> Section:
    """Write ``draw_batches`` and ``train_network``."""
    blocks = [_write_batches(story), _write_fit(story)]
    note = (
        "Each epoch's windows are drawn from an endless shuffle in which every window comes once "
        "before any comes again. The weights of the best epoch stay."
    )
    code = join_definitions([*cut_definitions("\n\n".join(blocks), SOURCES), *blocks])
    return Section("Training", note, code)


def write_members(story: Story) -> Section:
    training = story.spec.training
    count = training.num_seeds or 1
    seeds = f"range(SEED, SEED + {count})"
    if not training.retrain:
        fit = "train_network(seed, train, validation, EPOCHS)"
        code = f"networks = [{fit} for seed in {seeds}]"
    else:
        first = "_, best_epoch = train_network(seed, train, validation, EPOCHS)"
        # A rate that is planned to fall to 0 takes another course in fewer epochs.
        epochs = "EPOCHS" if training.plans_rate else "best_epoch"
        body = [
            *([] if training.plans_rate else [first]),
            "everything = np.concatenate([train, validation])",
            f"network, _ = train_network(seed, everything, None, {epochs})",
            "networks.append(network)",
        ]
        code = "\n".join(["networks = []", f"for seed in {seeds}:", indent(body)])
    note = "One network." if count == 1 else f"{count} networks that begin at other weights."
    if training.retrain:
        long = " Once validation has chosen the epoch, each trains anew on both parts for as long."
        note += " Each trains on both parts for all epochs." if training.plans_rate else long
    return Section("Networks", note, code)


def _write_batches(story: Story) -> str:
    taught = ", in_training=True" if story.frame.is_taught else ""
    body = [
        "generator = np.random.default_rng(seed)",
        "left = cutoffs[:0]",
        "while True:",
        "    while len(left) < batch_size:",
        "        left = np.concatenate([left, generator.permutation(cutoffs)])",
        "    batch, left = left[:batch_size], left[batch_size:]",
        f"    yield gather_inputs(batch{taught}), gather_actual(batch)",
    ]
    return write_function("draw_batches(cutoffs, batch_size, seed)", "", body)


def _write_fit(story: Story) -> str:
    training = story.spec.training
    assert training.batch_size is not None
    retrains = bool(training.retrain)
    rate, steps = write_rate(training)
    monitor = "point" if story.watches_point else "loss"
    thinned = f"thin(validation, {MAX_VALIDATION_PLACES})"
    judge = [
        *([f"validation = {thinned}"] if story.thins_validation else []),
        f"keep_best = {write_best_epoch(training, monitor)}",
    ]
    callbacks = list_callbacks(training, monitor)
    compiled = write_call(
        "network.compile",
        optimizer=write_optimizer(training, rate),
        loss=Code("measure_loss"),
        metrics=Code("[point]") if story.watches_point else None,
    )
    judged = {
        "validation_data": Code("(gather_inputs(validation), gather_actual(validation))"),
        "validation_batch_size": max(training.batch_size, _LEAST_BATCH),
    }
    fit = write_call(
        "network.fit",
        Code("draw_batches(cutoffs, batch_size, seed)"),
        steps_per_epoch=Code("num_batches"),
        epochs=Code("epochs"),
        shuffle=False,
        callbacks=Code("callbacks"),
        verbose=2,
        **({"**judged": None} if retrains else judged),
    )
    body = [
        "keras.utils.set_random_seed(seed)",
        "network = build_network()",
        f"batch_size = min({training.batch_size}, len(cutoffs))",
        f"num_batches = -(-{_count_windows(training)} // batch_size)",
        *steps,
        compiled,
    ]
    if not retrains:
        listed = write_list("callbacks", ["keep_best", *callbacks])
        body += [*judge, listed, fit, "return network"]
        return write_function("train_network(seed, cutoffs, validation, epochs)", "", body)
    fit = Code(fit.replace("    verbose=2,", "    verbose=2,\n    **judged,"))
    first = f"judged = {write_call('dict', **judged)}"
    body += [
        write_list("callbacks", callbacks),
        "judged = {}",
        "if validation is not None:",
        indent([*judge, "callbacks.insert(0, keep_best)", first]),
        fit,
        "return network, epochs if validation is None else keep_best.best_epoch + 1",
    ]
    return write_function("train_network(seed, cutoffs, validation, epochs)", "", body)


def _count_windows(training: TrainingSpec) -> str:
    if training.windows_per_epoch is None:
        return "len(cutoffs)"
    return f"min({training.windows_per_epoch}, len(cutoffs))"
