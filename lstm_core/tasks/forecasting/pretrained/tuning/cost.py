"""What the pre-trained networks cost, and how they are drawn."""

from __future__ import annotations

from collections.abc import Sequence

from lstm_core.learning.feeds.windows import WindowShape
from lstm_core.models.costs import LayerCost, NetworkCost, add_costs
from lstm_core.models.ends import End, NetworkEnds
from lstm_core.spec import ExperimentSpec
from lstm_core.tasks.forecasting.pretrained.describing import NUM_INPUTS, NUM_QUERIES, PATCH, TAIL
from lstm_core.tasks.forecasting.pretrained.network import Weights, count_lstms, name_lstm
from lstm_core.tasks.forecasting.pretrained.rules.candidates import RULES
from lstm_core.tasks.forecasting.pretrained.weights import get_latest_version, load_version

_STEPS = TAIL // PATCH


def measure_pretrained_cost(spec: ExperimentSpec, shape: WindowShape) -> NetworkCost:
    """Compute what ``network.build_tunable`` builds: all its members together.

    Args:
        spec: filled in.
    """
    members = load_version(spec.model.pretrained_version or get_latest_version()).members
    learns = spec.model.fine_tune or "none"
    cut = LayerCost("The last values", (_STEPS, PATCH), 0, 0, _STEPS * NUM_INPUTS)
    lstms = [
        _cost_lstm(members, number, learns == "all") for number in range(count_lstms(members[0]))
    ]
    heads = [
        _cost_dense(members, name, title, shape.horizon, learns != "none")
        for name, title in _HEAD.items()
    ]
    return add_costs(
        spec.training,
        layers=(cut, *lstms),
        behind=heads,
        num_inputs=_STEPS * NUM_INPUTS + shape.horizon * (NUM_QUERIES + len(RULES)),
        num_runs=shape.num_targets,
    )


def list_pretrained_ends(shape: WindowShape, cost: NetworkCost) -> NetworkEnds:
    """Return what stands around its LSTM layers."""
    ahead = (shape.horizon, shape.num_targets)
    return NetworkEnds(
        (End("Series", "its end, facts, and what rules say", (TAIL, PATCH)),),
        (
            End(
                "Head",
                "weighs the rules, corrects them",
                (shape.horizon, len(RULES)),
                cost.behind[:-1],
                "plain",
            ),
            End("Prediction", "with ranges", ahead, cost.behind[-1:]),
        ),
    )


_HEAD = {
    "state": "What was read",
    "query": "What is asked",
    "deep": "Both together",
    "rules": "Weights of the rules",
    "shape": "Correction and ranges",
}


def _cost_lstm(members: Sequence[Weights], number: int, learns: bool) -> LayerCost:
    name = name_lstm(number)
    weights = [
        sum(member[f"{name}/{part}"].size for part in ("kernel", "recurrent", "bias"))
        for member in members
    ]
    units = members[0][f"{name}/recurrent"].shape[0]
    return LayerCost(
        "LSTM",
        (_STEPS, units),
        sum(weights) * learns,
        2 * _STEPS * sum(weights),
        len(members) * _STEPS * 6 * units,
    )


def _cost_dense(
    members: Sequence[Weights], name: str, title: str, horizon: int, learns: bool
) -> LayerCost:
    weights = [
        sum(value.size for key, value in member.items() if key.startswith(f"{name}/"))
        for member in members
    ]
    width = members[0][f"{name}/kernel"].shape[1]
    times = 1 if name == "state" else horizon
    return LayerCost(
        title,
        (width,) if name == "state" else (horizon, width),
        sum(weights) * learns,
        2 * times * sum(weights),
        len(members) * times * width,
    )
