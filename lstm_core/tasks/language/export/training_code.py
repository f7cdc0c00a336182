"""The training: text in lanes, in each of which the state goes on from stretch to stretch."""

from __future__ import annotations

from lstm_core.export.code import Code, Section, join_definitions, write_call, write_function
from lstm_core.export.code import write_list as write_names
from lstm_core.export.training_code import (
    list_callbacks,
    write_best_epoch,
    write_optimizer,
    write_rate,
)
from lstm_core.learning.feeds.texts import JUDGED_LANES
from lstm_core.tasks.language.export.story import Story

_LEARNER = '''class Learner(keras.Model):
    """The network, with a state that goes on from batch to batch: no gradient goes back with it."""

    def __init__(self, network, num_lanes, num_judged):
        super().__init__()
        self.network = network
        widths = [each.shape[-1] for each in list_states(network)]
        self.states, self.judged = (
            [self.add_weight((count, width), "zeros", trainable=False) for width in widths]
            for count in (num_lanes, num_judged)
        )

    def call(self, given, training=False):
        held = self.states if training else self.judged
        goes_on = 1.0 - given["begins"][:, None]
        states = [ops.convert_to_tensor(state) * goes_on for state in held]
        said, *ends = self.network([given["units"], *states], training=training)
        for state, end in zip(held, ends):
            state.assign(ops.stop_gradient(ops.cast(end, "float32")))
        return said'''

_LANES = '''class Lanes(keras.utils.PyDataset):
    """Stretches side by side; the next batch goes on where this one ends, unless it begins anew."""

    def __init__(self, draw):
        super().__init__(workers=0)
        self.draw = draw
        self.places, self.begins = draw()
        self.is_begun = False

    def __len__(self):
        return len(self.places)

    def __getitem__(self, number):
        places = self.places[number]
        text = flat[np.maximum(places, 0)[:, None] + np.arange(STRETCH_STEPS + 1)]
        given = {"units": text[:, :-1], "begins": self.begins[number].astype("float32")}
        return given, text[:, 1:], (places >= 0).astype("float32")

    def on_epoch_begin(self):
        if self.is_begun:
            self.places, self.begins = self.draw()
        self.is_begun = True'''


def write_training(story: Story) -> Section:
    """Write ``train_network``."""
    blocks = [_LEARNER, _LANES, _write_fit(story)]
    note = (
        "Each epoch begins at another place of the text. The weights of the best epoch stay."
        if not story.spec.training.retrain
        else "Each epoch begins at another place of the text."
    )
    return Section("Training", note, join_definitions(blocks))


def _write_fit(story: Story) -> str:
    training = story.spec.training
    rate, before = write_rate(training)
    loss = Code("keras.losses.SparseCategoricalCrossentropy(from_logits=True)")
    compiled = write_call("learner.compile", optimizer=write_optimizer(training, rate), loss=loss)
    wanted = "len(training)"
    if training.windows_per_epoch is not None:
        wanted = f"min({training.windows_per_epoch}, len(training))"
    callbacks = [write_best_epoch(training, "loss"), *list_callbacks(training, "loss")]
    body = [
        "keras.utils.set_random_seed(seed)",
        "network = build_network()",
        f"num_lanes = min({training.batch_size}, len(training))",
        f"num_batches = -(-{wanted} // num_lanes)",
        f"num_judged = min({JUDGED_LANES}, len(validation))",
        "generator = np.random.default_rng(seed)",
        "sizes = num_lanes, num_batches, STRETCH_STEPS",
        "drawn = Lanes(lambda: draw_lanes((0, len(learnt)), *sizes, generator))",
        "judged = Lanes(lambda: put_in_lanes(validation, num_judged, STRETCH_STEPS))",
        "learner = Learner(network, num_lanes, num_judged)",
        *before,
        compiled,
        write_names("callbacks", callbacks),
        write_call(
            "learner.fit",
            Code("drawn"),
            epochs=Code("epochs"),
            shuffle=False,
            verbose=2,
            callbacks=Code("callbacks"),
            validation_data=Code("judged"),
        ),
        "return network",
    ]
    return write_function("train_network(seed, epochs)", "", body)
