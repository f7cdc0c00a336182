"""How fast a text is written: as the page does it, and by ``model.predict`` unit by unit."""

from __future__ import annotations

import time
from typing import Any

import numpy as np

NUM_UNITS, WIDTH, LAYERS, STEPS = 67, 256, 2, 64
LENGTH, PLAIN_LENGTH = 2_000, 200
LEAST = 10.0
"""Times as fast as the plain way."""


def report_sampling() -> dict[str, Any]:
    """Return units a second of a character model of two layers of 256; nothing of it is learnt.

    The page's way is the predictor's: each unit with its probability and what else was likely, as
    JSON, flushed to whoever watches. The plain way is that of textbooks: the same network is asked
    by ``model.predict`` for what follows the last units, as many as it reads in training. Told as
    well: the same where a state is handed on, which a plain network does not offer. All are asked
    once before, to compile.
    """
    from lstm_core.engines.loading import load_keras

    load_keras()
    import keras

    from lstm_core.learning.encoding.unit_kinds.characters import CharacterUnits
    from lstm_core.learning.feeds.texts import TextShape
    from lstm_core.models.fitted import members_to_bytes
    from lstm_core.spec import parse_spec
    from lstm_core.tasks.language.encoding import Encoding
    from lstm_core.tasks.language.network.building import build_network
    from lstm_core.tasks.language.predictor import TextPredictor

    keras.utils.set_random_seed(0)
    content = {"data": {"kind": "documents"}, "task": {"kind": "language"}}
    spec = parse_spec(content).with_values(
        {
            "task.embedding": 64,
            "task.tied": False,
            "model.architecture": "stacked",
            "model.units": WIDTH,
            "model.layers": LAYERS,
        }
    )
    shape = TextShape(NUM_UNITS, STEPS)
    network = build_network(shape, spec)
    units = CharacterUnits("".join(chr(32 + number) for number in range(NUM_UNITS - 2)))
    model = {
        "spec": spec.model_dump(mode="json"),
        "shape": vars(shape),
        "task": {"encoding": Encoding(units, has_ends=False).to_json()},
    }
    predictor = TextPredictor(model, members_to_bytes([network.get_weights()]))
    page = {drafts: _time_page(predictor, drafts) for drafts in (1, 4)}
    plain, with_state = _time_plain(network, STEPS), _time_plain(network, 1)
    return {
        "benchmark": "sampling",
        "engine": keras.config.backend(),
        "page_units_a_second": round(page[1], 1),
        "page_units_a_second_of_4_drafts": round(page[4], 1),
        "predict_units_a_second": round(plain, 1),
        "predict_with_state_units_a_second": round(with_state, 1),
        "times": round(page[1] / plain, 1),
        "least": LEAST,
    }


def _time_page(predictor: Any, drafts: int) -> float:
    """Return units a second, of all drafts together, prompt and all."""
    asked = {"prompt": "Once upon a time", "drafts": drafts, "temperature": 0.8}
    for _ in predictor.go_on({**asked, "length": 8}):
        pass
    began = time.perf_counter()
    count = 0
    for piece in predictor.go_on({**asked, "length": LENGTH}):
        count += sum(len(draft.get("names", ())) for draft in piece["drafts"])
    return count / (time.perf_counter() - began)


def _time_plain(network: Any, steps: int) -> float:
    """Return units a second; each from so many before it, or from one and the state."""
    generator = np.random.default_rng(0)
    began = 0.0
    states = [np.zeros((1, given.shape[-1]), np.float32) for given in network.inputs[1:]]
    read = np.full((1, steps), 2, np.int32)
    for number in range(PLAIN_LENGTH + 1):
        if number == 1:
            began = time.perf_counter()
        said, *after = network.predict([read, *states], verbose=0)
        if steps == 1:
            states = after
        shares = np.exp(said[0, -1].astype(np.float64) / 0.8)
        unit = int(generator.choice(len(shares), p=shares / shares.sum()))
        read = np.append(read[:, 1:], [[unit]], axis=1).astype(np.int32)
    return PLAIN_LENGTH / (time.perf_counter() - began)
