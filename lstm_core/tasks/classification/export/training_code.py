"""What is made small, what is changed at random, the order of the items, and the training."""

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
from lstm_core.export.source import cut_definitions
from lstm_core.export.training_code import (
    list_callbacks,
    write_best_epoch,
    write_optimizer,
    write_rate,
)
from lstm_core.learning.feeds.feed import MAX_VALIDATION_PLACES
from lstm_core.spec import TrainingSpec
from lstm_core.tasks.classification.export.sources import SOURCES
from lstm_core.tasks.classification.export.story import Story

_LOG_LOSS = "log_loss"

_BATCHES = '''class Batches(keras.utils.PyDataset):
    """Items by number in batches of similar lengths, drawn anew for each epoch."""

    def __init__(self, steps, labels, order):
        super().__init__(workers=0)
        self.steps, self.labels, self.order = steps, labels, order
        self.drawn = order.draw_epoch()  # Keras looks at some before the first epoch
        self.is_begun = False

    def __len__(self):
        return len(self.drawn)

    def __getitem__(self, place):
        batch = self.drawn[place]
        # Keras looks at two batches beforehand: what they share of their shapes, all have to have.
        more = 0 if self.is_begun else place
        return pad([self.steps[item] for item in batch], more), self.labels[batch][:, None]

    def on_epoch_begin(self):
        if self.is_begun:
            self.drawn = self.order.draw_epoch()
        self.is_begun = True'''


def write_loss(story: Story) -> Section:
    """Write ``weigh_labels``, ``make_loss`` and ``log_loss``."""
    task = story.spec.task
    body = ['labels = ops.cast(labels[:, 0], "int32")']
    smoothing, focus = task.label_smoothing or 0.0, task.focus
    own = "ops.take_along_axis(said, labels[:, None], axis=1)[:, 0]"
    lines = [*body, f"own = {own}", "losses = -own"]
    if smoothing:
        lines.append(
            f"losses = {1 - smoothing!r} * losses - {smoothing!r} * ops.mean(said, axis=1)"
        )
    if focus:
        lines += [
            "# What is right already counts less.",
            f"losses = losses * ops.maximum(-ops.expm1(own), 1e-6) ** {focus!r}",
        ]
    lines += ["counts = ops.take(weights, labels, axis=0)"]
    lines += ["return ops.sum(losses * counts) / ops.sum(counts)"]
    measure = write_function("measure_loss(labels, said)", "", lines)
    making = write_function("make_loss(weights)", "", [measure, "", "return measure_loss"])
    plain = write_function(
        f"{_LOG_LOSS}(labels, said)",
        "Of each item: the best epoch is chosen by it.",
        [*body, f"return -{own}"],
    )
    note = "The network says logarithms of probabilities." + (
        " Each label counts the same, however few items it has."
        if task.class_weights == "balanced"
        else ""
    )
    return Section("The loss", note, join_definitions([_write_weights(story), making, plain]))


def _write_weights(story: Story) -> str:
    body = ['return np.ones(len(LABELS), "float32")']
    if story.spec.task.class_weights == "balanced":
        body = [
            "counts = np.bincount(labels[labels >= 0], minlength=len(LABELS))",
            "weights = counts.sum() / ((counts > 0).sum() * np.maximum(counts, 1))",
            'return weights.astype("float32")',
        ]
    return write_function("weigh_labels(labels)", "How much an item of each label counts.", body)


def write_change(story: Story) -> list[Section]:
    """Write ``Change``, a layer, where training changes anything."""
    if not _is_changed(story):
        return []
    change = story.change
    options = (
        {"hide": change.hide}
        if story.is_tokens
        else {"jitter": change.jitter, "stretch": change.stretch}
    )
    given = {name: value for name, value in options.items() if value}
    calls = write_call("Change", **given)
    row = "" if story.is_tokens else "[..., None]"
    lines = [
        "if not training:",
        "    return steps, lengths",
        "places = ops.arange(ops.shape(steps)[1])[None, :]",
        "lengths = lengths[:, None]",
    ]
    if change.crop < 1:
        lines += [
            "begins = ops.zeros_like(lengths)",
            f"begins, lengths = crop(begins, lengths, {change.crop!r}, self.random)",
            "taken = begins + ops.minimum(places, lengths - 1)",
            f"steps = ops.take_along_axis(steps, taken{row}, axis=1)",
        ]
    if given:
        lines.append(f"steps = change_steps(steps, CHANGE, {story.is_tokens}, self.random)")
    lines += [
        f"inside = {'places < lengths' if story.is_tokens else f'(places < lengths){row}'}",
        "return ops.where(inside, steps, 0), lengths[:, 0]",
    ]
    layer = "\n".join(
        [
            "class Changing(keras.layers.Layer):",
            '    """Changes what is learnt from, each time anew; nothing of what is predicted."""',
            "",
            "    def __init__(self, seed):",
            "        super().__init__()",
            "        self.random = keras.random.SeedGenerator(seed)",
            "",
            "    def call(self, steps, lengths, training=False):",
            indent([indent(lines)]),
        ]
    )
    blocks = [f"CHANGE = {calls}", layer] if given else [layer]
    known = cut_definitions("Vocabulary", SOURCES) if story.is_tokens else []
    definitions = [
        each for each in cut_definitions("\n".join(blocks), SOURCES) if each not in known
    ]
    note = "What is changed at random in training, so that nothing is learnt by heart."
    return [Section("Changes", note, join_definitions([*definitions, *blocks]))]


def _is_changed(story: Story) -> bool:
    change = story.change
    own = change.hide if story.is_tokens else change.jitter or change.stretch
    return bool(own) or change.crop < 1


def write_training(story: Story) -> Section:
    """Write ``train_network``."""
    blocks = [write_cut(), _BATCHES, HELD_OUT, _write_fit(story)]
    note = "Every item comes once before any comes again. The weights of the best epoch stay."
    code = join_definitions([*cut_definitions("\n\n".join(blocks), SOURCES), *blocks])
    return Section("Training", note, code)


def _write_fit(story: Story) -> str:
    training = story.spec.training
    retrains = bool(training.retrain)
    rate, steps = write_rate(training)
    learner = ["learner = network"]
    if _is_changed(story):
        learner = [
            "given = {",
            "    each.name: keras.Input(each.shape[1:], dtype=each.dtype, name=each.name)",
            "    for each in network.inputs",
            "}",
            'changed, lengths = Changing(seed)(given["steps"], given["lengths"])',
            'learner = keras.Model(given, network({"steps": changed, "lengths": lengths}))',
        ]
    compiled = write_call(
        "learner.compile",
        optimizer=write_optimizer(training, rate),
        loss=Code("make_loss(weigh_labels(labels[train]))"),
        metrics=Code(f"[{_LOG_LOSS}]"),
    )
    judge = ["validation = validation[labels[validation] >= 0]"]
    if story.most_held_out > MAX_VALIDATION_PLACES:
        judge.append(f"validation = thin(validation, {MAX_VALIDATION_PLACES})")
    judge.append(f"keep_best = {write_best_epoch(training, _LOG_LOSS)}")
    judged = "Batches(steps, labels, HeldOut(validation, lengths_of_items))"
    fit = write_call(
        "learner.fit",
        Code("Batches(steps, labels, order)"),
        epochs=Code("epochs"),
        shuffle=False,
        callbacks=Code("callbacks"),
        verbose=2,
        validation_data=Code("judged" if retrains else judged),
    )
    body = [
        "keras.utils.set_random_seed(seed)",
        "network = build_network()",
        *learner,
        f"batch_size = min({training.batch_size}, len(train))",
        f"num_batches = -(-{_count_items(training)} // batch_size)",
        "lengths_of_items = np.array([len(item) for item in steps])",
        "order = ItemOrder(train, lengths_of_items, num_batches, batch_size, seed)",
        *steps,
        compiled,
    ]
    callbacks = list_callbacks(training, _LOG_LOSS)
    head = "train_network(seed, steps, train, validation, epochs)"
    if not retrains:
        listed = write_list("callbacks", ["keep_best", *callbacks])
        return write_function(head, "", [*body, *judge, listed, fit, "return network"])
    body += [
        write_list("callbacks", callbacks),
        "judged = None",
        "if validation is not None:",
        indent([*judge, "callbacks.insert(0, keep_best)", f"judged = {judged}"]),
        fit,
        "return network, epochs if validation is None else keep_best.best_epoch + 1",
    ]
    return write_function(head, "", body)


def _count_items(training: TrainingSpec) -> str:
    if training.windows_per_epoch is None:
        return "len(train)"
    return f"min({training.windows_per_epoch}, len(train))"
