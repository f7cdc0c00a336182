"""What is changed at random, what is made small, and the training."""

from __future__ import annotations

from lstm_core.export.batches_code import HELD_OUT, write_cut
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
from lstm_core.tasks.tagging.export.story import Story

_NATS = "nats"
"""What the best epoch is chosen by."""

_AT_ONCE, _FEW_AT_ONCE = 256, 8
_MOST_STEPS = 262_144
"""Padded steps of a batch that is only predicted, as far as there may be fewer sequences."""

_BATCHES = '''class Batches(keras.utils.PyDataset):
    """Sequences by number in batches of similar lengths, drawn anew for each epoch."""

    def __init__(self, steps, order):
        super().__init__(workers=0)
        self.steps, self.order = steps, order
        self.drawn = order.draw_epoch()  # Keras looks at some before the first epoch
        self.is_begun = False

    def __len__(self):
        return len(self.drawn)

    def __getitem__(self, place):
        # Keras looks at two batches beforehand: what they share of their shapes, all have to have.
        more = 0 if self.is_begun else place
        batch = gather(self.steps, self.drawn[place], more)
        return batch, batch["tags"]

    def on_epoch_begin(self):
        if self.is_begun:
            self.drawn = self.order.draw_epoch()
        self.is_begun = True'''

_HIDING = '''class Hiding(keras.layers.Layer):
    """Hides words while training, each time others: neighbours and letters have to tell."""

    def __init__(self, hidden, seed):
        super().__init__(dtype="float32")
        self.hidden = hidden
        self.random = keras.random.SeedGenerator(seed)

    def call(self, words, training=False):
        if not training:
            return words
        drawn = keras.random.uniform(ops.shape(words), seed=self.random)
        return ops.where(drawn < ops.take(self.hidden, words, axis=0), UNKNOWN, words)'''

_SHAKING = '''class Shaking(keras.layers.Layer):
    """Adds noise while training, so that no value is learnt by heart."""

    def __init__(self, seed):
        super().__init__(dtype="float32")
        self.random = keras.random.SeedGenerator(seed)

    def call(self, steps, lengths, training=False):
        if not training:
            return steps
        noise = keras.random.normal(ops.shape(steps), stddev={jitter!r}, seed=self.random)
        return ops.where(is_inside(steps, lengths), steps + noise, 0.0)'''

_MEANS = f'''def average(_, surprise):
    """Return the mean of a batch's steps."""
    return ops.sum(surprise[:, 0]) / ops.maximum(ops.sum(surprise[:, 1]), 1.0)


class MeanSurprise(keras.metrics.Metric):
    """The mean of all steps: the best epoch is chosen by it."""

    def __init__(self):
        super().__init__(name="{_NATS}")
        self.total = self.add_weight(initializer="zeros", name="total")
        self.count = self.add_weight(initializer="zeros", name="count")

    def update_state(self, _, surprise, sample_weight=None):
        self.total.assign_add(ops.sum(surprise[:, 0]))
        self.count.assign_add(ops.sum(surprise[:, 1]))

    def result(self):
        return self.total / ops.maximum(self.count, 1.0)'''


def write_change(story: Story) -> list[Section]:
    """Write the layer that changes what is learnt from, where anything is changed."""
    if not story.is_changed:
        return []
    layer = _HIDING if story.is_words else _SHAKING.format(jitter=float(story.spec.task.jitter))
    note = "What is changed at random in training, so that nothing is learnt by heart."
    return [Section("Changes", note, layer)]


def write_loss(story: Story) -> Section:
    """Write ``Surprise``, a layer, the mean of what it says, and the loss that is watched."""
    lines = [
        'said = ops.cast(said, "float32")[..., : len(TAGS)]',
        "inside = list_inside(said, lengths)",
        'steps = ops.cast(lengths, "float32")',
    ]
    if story.has_others:
        lines += [
            "# Nothing counts of a sequence with a tag that is not learnt.",
            "is_known = ops.logical_or(tags >= 0, ops.logical_not(inside))",
            'counts = ops.cast(ops.all(is_known, axis=1), "float32")',
            "tags = ops.maximum(tags, 0)",
        ]
    if story.learns_chain:
        lines = [line for line in lines if "inside" not in line or story.has_others]
        lines += [
            "links = self.get_links()",
            "own = score_path(said, tags, lengths, links)",
            "losses = sum_paths(said, lengths, links) - own",
        ]
        told = "Minus the logarithm of the probability of each sequence's tags, all together."
        begin = [
            "def __init__(self, get_links):",
            '    super().__init__(dtype="float32")',
            "    self.get_links = get_links",
        ]
    else:
        lines += [
            "own = ops.take_along_axis(said, tags[..., None], axis=-1)[..., 0]",
            'losses = -ops.sum(own * ops.cast(inside, "float32"), axis=1)',
        ]
        told = "Minus the logarithms of the probabilities of each sequence's own tags, summed up."
        begin = ["def __init__(self):", '    super().__init__(dtype="float32")']
    counted = "losses * counts, steps * counts" if story.has_others else "losses, steps"
    lines.append(f"return ops.stack([{counted}], axis=-1)")
    layer = "\n".join(
        [
            "class Surprise(keras.layers.Layer):",
            f'    """{told}',
            "",
            "    Beside it, (batch, 2), how many steps it is of.",
            '    """',
            "",
            indent(begin),
            "",
            "    def call(self, said, tags, lengths):",
            indent([indent(lines)]),
        ]
    )
    note = "How surprised the network is by the true tags, in nats a step."
    return Section("The loss", note, join_definitions([layer, _MEANS]))


def write_training(story: Story) -> Section:
    """Write ``train_network``."""
    is_large = _AT_ONCE * max(story.padded) > _MOST_STEPS
    cut = write_cut(_FEW_AT_ONCE if is_large else _AT_ONCE)
    blocks = [cut, _BATCHES, *([HELD_OUT] if story.validates else []), _write_fit(story)]
    what = "stretch of a sequence" if story.is_cut else "sequence"
    note = f"Every {what} comes once before any comes again."
    if story.validates:
        note += " The weights of the best epoch stay."
    return Section("Training", note, join_definitions(blocks))


def list_given(story: Story) -> str:
    """Return what ``train_network`` is given of what was prepared."""
    return "fitted, steps" if story.hides else "steps"


def _write_fit(story: Story) -> str:
    training = story.spec.training
    rate, before = write_rate(training)
    compiled = write_call(
        "learner.compile",
        optimizer=write_optimizer(training, rate),
        loss=Code("average"),
        metrics=Code("[MeanSurprise()]"),
    )
    body = [
        "keras.utils.set_random_seed(seed)",
        "network = build_network()",
        *_write_learner(story),
        f"batch_size = min({training.batch_size}, len(train))",
        f"num_batches = -(-{_count_sequences(training)} // batch_size)",
        "order = ItemOrder(train, sizes, num_batches, batch_size, seed)",
        'tagged = {**steps, "tags": tags.astype("int32")}',
        *before,
        compiled,
    ]
    judge = [f"keep_best = {write_best_epoch(training, _NATS)}"]
    if story.most_held_out > MAX_VALIDATION_PLACES:
        judge.insert(0, f"validation = thin(validation, {MAX_VALIDATION_PLACES})")
    judged = "Batches(tagged, HeldOut(validation, sizes))"
    callbacks = list_callbacks(training, _NATS)
    given = list_given(story)
    if not story.validates:
        body += [_write_learning(), "return network"]
        return write_function(f"train_network(seed, {given}, train, epochs)", "", body)
    head = f"train_network(seed, {given}, train, validation, epochs)"
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
        Code("Batches(tagged, order)"),
        epochs=Code("epochs"),
        shuffle=False,
        verbose=2,
        **options,
    )


def _write_learner(story: Story) -> list[str]:
    """Write ``learner``: the network between what is changed and what is made small."""
    changed = ""
    if story.hides:
        changed = '"words": Hiding(fitted["hidden"], seed)(given["words"])'
    elif story.is_changed:
        changed = '"steps": Shaking(seed)(given["steps"], given["lengths"])'
    surprise = "Surprise()"
    if story.learns_chain:
        surprise = "Surprise(network.layers[-1].get_links)"  # the chain
    said = f"network({{**given, {changed}}})" if changed else "network(given)"
    return [
        "given = {",
        "    each.name: keras.Input(each.shape[1:], dtype=each.dtype, name=each.name)",
        "    for each in network.inputs",
        "}",
        'true = keras.Input((None,), dtype="int32", name="tags")',
        f"said = {said}",
        f'surprise = {surprise}(said, true, given["lengths"])',
        'learner = keras.Model({**given, "tags": true}, surprise)',
    ]


def _count_sequences(training: TrainingSpec) -> str:
    if training.windows_per_epoch is None:
        return "len(train)"
    return f"min({training.windows_per_epoch}, len(train))"
