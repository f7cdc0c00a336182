"""What is made small, and the training."""

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
from lstm_core.export.training_code import (
    list_callbacks,
    write_best_epoch,
    write_optimizer,
    write_rate,
)
from lstm_core.learning.feeds.feed import MAX_VALIDATION_PLACES
from lstm_core.spec import TrainingSpec
from lstm_core.tasks.translation.export.story import Story

_NATS = "nats"
"""What the best epoch is chosen by."""

_BATCHES = '''class Batches(keras.utils.PyDataset):
    """Pairs in batches of similar lengths, drawn anew for each epoch."""

    def __init__(self, table, draw):
        super().__init__(workers=0)
        self.table, self.draw = table, draw
        self.drawn = draw()  # Keras looks at some before the first epoch
        self.is_begun = False

    def __len__(self):
        return len(self.drawn)

    def __getitem__(self, place):
        some = self.drawn[place]
        sizes = self.table.sizes if len(self.drawn) == 1 else self.table.sizes[some]
        # Keras looks at two batches beforehand: what they share of their shapes, all have to have.
        more = 0 if self.is_begun else place
        return self.table.gather(some, sizes.max(), more)

    def on_epoch_begin(self):
        if self.is_begun:
            self.drawn = self.draw()
        self.is_begun = True'''

_SMOOTH = '''class Smoothed(keras.losses.Loss):
    """How surprised the network is, with some of the certainty spread over all units."""

    def call(self, units, said):
        total = ops.logsumexp(said, axis=-1)
        units = ops.cast(units, "int32")
        own = total - ops.take_along_axis(said, units[..., None], axis=-1)[..., 0]
        return {rest!r} * own + {share!r} * (total - ops.mean(said, axis=-1))'''

_LEARNER = '''class Learner(keras.Model):
    """The network, which reads some of the units as it said them itself while it learns."""

    def __init__(self, network, seed):
        super().__init__()
        self.network = network
        self.random = keras.random.SeedGenerator(seed)

    def call(self, given, training=False):
        if not training:
            return self.network(given)
        said = self.network(given, training=False)
        own = ops.cast(ops.argmax(ops.stop_gradient(said), axis=-1), "int32")
        own = ops.pad(own[:, :-1], ((0, 0), (1, 0)), constant_values=EDGE)
        drawn = keras.random.uniform(ops.shape(own), seed=self.random) < {share!r}
        first = ops.arange(ops.shape(own)[1])[None, :] == 0
        is_own = ops.logical_and(drawn, ops.logical_not(first))
        before = ops.where(is_own, own, ops.cast(given["before"], "int32"))
        return self.network({{**given, "before": before}}, training=True)'''

_WATCHED = [Code(f'keras.metrics.SparseCategoricalCrossentropy(name="{_NATS}", from_logits=True)')]


def write_training(story: Story) -> Section:
    """Write ``train_network``."""
    task = story.spec.task
    blocks = [_BATCHES]
    if task.smoothing:
        share = float(task.smoothing)
        blocks.append(_SMOOTH.format(rest=1.0 - share, share=share))
    if task.own_words:
        blocks.append(_LEARNER.format(share=float(task.own_words)))
    blocks.append(_write_fit(story))
    note = "Every pair comes once before any comes again."
    if story.validates:
        note += " The weights of the best epoch stay."
    return Section("Training", note, join_definitions(blocks))


def _write_fit(story: Story) -> str:
    task, training = story.spec.task, story.spec.training
    rate, before = write_rate(training)
    loss = Code(
        'Smoothed(reduction="mean_with_sample_weight")'
        if task.smoothing
        else "keras.losses.SparseCategoricalCrossentropy("
        'from_logits=True, reduction="mean_with_sample_weight")'
    )
    compiled = write_call(
        "learner.compile",
        optimizer=write_optimizer(training, rate),
        loss=loss,
        weighted_metrics=_WATCHED,
    )
    body = [
        "keras.utils.set_random_seed(seed)",
        "network = build_network()",
        f"learner = {'Learner(network, seed)' if task.own_words else 'network'}",
        f"batch_size = min({training.batch_size}, len(train))",
        f"num_batches = -(-{_count_pairs(training)} // batch_size)",
        "order = ItemOrder(train, table.sizes, num_batches, batch_size, seed)",
        *before,
        compiled,
    ]
    judge = [f"keep_best = {write_best_epoch(training, _NATS)}"]
    if story.most_held_out > MAX_VALIDATION_PLACES:
        judge.insert(0, f"validation = thin(validation, {MAX_VALIDATION_PLACES})")
    judged = "Batches(table, lambda: table.cut(validation))"
    callbacks = list_callbacks(training, _NATS)
    if not story.validates:
        body += [_write_learning(), "return network"]
        return write_function("train_network(seed, table, train, epochs)", "", body)
    head = "train_network(seed, table, train, validation, epochs)"
    if not training.retrain:
        listed = write_list("callbacks", ["keep_best", *callbacks])
        fit = _write_learning(callbacks=Code("callbacks"), validation_data=Code(judged))
        return write_function(head, "", [*body, *judge, listed, fit, "return network"])
    body += [
        write_list("callbacks", callbacks),
        "judged = None",
        "if validation is not None:",
        indent([*judge, "callbacks.insert(0, keep_best)", f"judged = {judged}"]),
        _write_learning(callbacks=Code("callbacks"), validation_data=Code("judged")),
        "return network, epochs if validation is None else keep_best.best_epoch + 1",
    ]
    return write_function(head, "", body)


def _write_learning(**options: Code) -> Code:
    return write_call(
        "learner.fit",
        Code("Batches(table, order.draw_epoch)"),
        epochs=Code("epochs"),
        shuffle=False,
        verbose=2,
        **options,
    )


def _count_pairs(training: TrainingSpec) -> str:
    if training.windows_per_epoch is None:
        return "len(train)"
    return f"min({training.windows_per_epoch}, len(train))"
