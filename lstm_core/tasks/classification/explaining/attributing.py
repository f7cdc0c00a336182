"""Gradients of a label's score along the way from an item that says nothing, on any engine."""

from __future__ import annotations

from typing import Any

import keras
import numpy as np
from keras import ops

from lstm_core.learning.feeds.items import UNKNOWN
from lstm_core.tasks.classification.explaining.gradients import (
    Attribution,
    integrate,
    list_points,
)
from lstm_core.tasks.classification.network.stem import EMBEDDING
from lstm_core.tasks.classification.predictor import LabelPredictor

NUM_POINTS = 65
"""On the way from the item that says nothing; more come closer to what is to be explained."""


class PointScorer(keras.Model):
    """A frozen network whose input is what is learnt, so that Keras takes its gradient.

    One step of plain gradient descent at the rate 1 moves the points by the gradient itself: that
    is the same on every engine.
    """

    def __init__(self, network: keras.Model, shape: tuple[int, ...], length: int) -> None:
        super().__init__()
        self.network = network
        network.trainable = False
        self.points = self.add_weight(shape=shape, initializer="zeros", name="points")
        self.length = length
        self.built = True

    def call(self, label: Any, training: bool = False) -> Any:
        points = ops.convert_to_tensor(self.points)
        lengths = ops.full((points.shape[0],), self.length, "int32")
        said = self.network(
            [{"lengths": lengths}.get(given.name, points) for given in self.network.inputs],
            training=False,
        )
        return ops.take(said, label[0], axis=1)  # (points,)

    def compute_loss(
        self,
        x: Any = None,
        y: Any = None,
        y_pred: Any = None,
        sample_weight: Any = None,
        training: bool = True,
    ) -> Any:
        return ops.sum(y_pred)


def attribute(predictor: LabelPredictor, steps: np.ndarray, label: int) -> Attribution:
    """Return what each step adds to the logarithm of a label's probability, over all networks.

    Beside an item of unknown tokens, or of each channel's mean.

    Args:
        steps: of an item as it was encoded.
    """
    scorers: dict[int, PointScorer] = {}
    found = [
        _attribute_by(predictor, weights, steps, label, scorers) for weights in predictor.members
    ]
    return Attribution(
        np.mean([each.scores for each in found], axis=0),
        float(np.mean([each.expected for each in found])),
        float(np.mean([each.found for each in found])),
    )


def _attribute_by(
    predictor: LabelPredictor,
    weights: list[np.ndarray],
    steps: np.ndarray,
    label: int,
    scorers: dict[int, PointScorer],
) -> Attribution:
    network = predictor.network
    network.set_weights(weights)
    length = len(steps)
    room = predictor.round_length(length)
    if predictor.encoding.vocabulary is None:
        values = steps.astype(np.float32)
        baseline = np.broadcast_to(values.mean(axis=0), values.shape)
        inner = network
    else:
        embedding = network.get_layer(EMBEDDING)
        table = ops.convert_to_numpy(embedding.embeddings)
        values, baseline = table[steps], np.broadcast_to(table[UNKNOWN], (length, table.shape[1]))
        inner = keras.Model([embedding.output, _find_input(network, "lengths")], network.output)
    points = list_points(values, baseline, NUM_POINTS).astype(np.float32)
    padded = np.zeros((NUM_POINTS, room, points.shape[2]), np.float32)
    padded[:, :length] = points
    if not scorers:
        scorers[0] = PointScorer(inner, padded.shape, length)
        scorers[0].compile(optimizer=keras.optimizers.SGD(1.0))
    scorer = scorers[0]
    scorer.points.assign(padded)
    asked = np.array([label], np.int32)
    scores = np.asarray(scorer.predict_on_batch(asked))
    scorer.train_on_batch(asked)
    gradients = padded - ops.convert_to_numpy(scorer.points)
    return integrate(gradients[:, :length], values, baseline, float(scores[-1]), float(scores[0]))


def _find_input(network: keras.Model, name: str) -> keras.KerasTensor:
    return next(given for given in network.inputs if given.name == name)
