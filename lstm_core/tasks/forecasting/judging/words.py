"""The sentences of a verdict, all of them made from one ``Standing``."""

from __future__ import annotations

from lstm_core.data.wording import count_words, list_names
from lstm_core.judging.verdict import Comparison
from lstm_core.ratios import say_difference, say_percent
from lstm_core.tasks.forecasting.judging.outcome import ADVICE, WHERE_IT_FELL_BACK
from lstm_core.tasks.forecasting.judging.standing import SLIGHT, Bias, Share, Standing
from lstm_core.tasks.forecasting.leaking.words import ADVICE as LEAK_ADVICE

_TITLES = {
    "mae": "its mean absolute error, in the units of the data,",
    "rmse": "its RMSE, to which large misses count more,",
}
_BIAS_ADVICE = "Where totals count, take the rule, or the network for single values alone."
_SLIGHT_ADVICE = "For all that counts the rule is as good, and simpler: take it."
_SILENT_ADVICE = "It is the mix of simple rules that does better here: an LSTM is not needed."
_PRETRAINED_ADVICE = (
    "The pre-trained LSTM does better here: take it as it comes, without training one."
)


def say_verdict(standing: Standing) -> str:
    """Say how it stands: what is better, and what is worse."""
    return _say_outcome(standing) + _say_missed_totals(standing)


def _say_outcome(standing: Standing) -> str:
    against, rival = standing.against, standing.rival
    skill, outcome = against.skill, standing.outcome
    if outcome == "few":
        return _say_few(standing)
    if skill is None:
        return f"Does not beat {rival}, which is exact on the test part."
    folds = _say_folds(against)
    faults = _list_faults(standing)
    if outcome == "win":
        return f"Beats {rival} by {say_percent(skill)}, in {folds}."
    if outcome == "mixed":
        return f"Beats {rival} by {say_percent(skill)} on average, in {folds}, but {faults}."
    if skill > 0:
        sentence = (
            f"No clear winner: {say_percent(skill)} better than {rival} on the whole, better in "
            f"{folds}, which can be chance"
        )
        return (
            f"{sentence}; and {faults}.{_say_simplest(standing)}"
            if faults
            else (f"{sentence}.{_say_simplest(standing)}")
        )
    if skill == 0:
        sentence = f"Does not beat {rival}: its error is the same."
    else:
        sentence = f"Does not beat {rival}: its error is {say_difference(1.0 - skill)}."
    return sentence + _say_simplest(standing)


def say_advice(standing: Standing) -> str:
    """Say what that means for who has to choose; empty after a win."""
    outcome = standing.outcome
    if standing.falls_back:
        return WHERE_IT_FELL_BACK
    if standing.leaking and outcome in ("mixed", "unclear"):
        return LEAK_ADVICE
    if outcome == "mixed" and standing.is_network_silent:
        return _PRETRAINED_ADVICE if _hears_pretrained(standing) else _SILENT_ADVICE
    if outcome == "mixed" and standing.is_slight and standing.worse is None:
        return _SLIGHT_ADVICE
    if outcome == "mixed" and standing.has_worse_bias and standing.worse is None:
        return _BIAS_ADVICE
    return ADVICE[outcome]


def say_drawn(num_judged: int, num_cutoffs: int) -> str:
    """Say that not every cutoff was judged at; empty where each was."""
    if num_judged == num_cutoffs:
        return ""
    return (
        f"Judged at {num_judged:,} of the test part's {num_cutoffs:,} cutoffs, one drawn of each "
        "stretch."
    )


def say_blend(standing: Standing) -> str:
    """Say in what share the network speaks; empty where all of it is the network's."""
    shares = standing.shares
    if standing.falls_back:
        return (
            f"Beyond the data, the forecast is that of {standing.rival} alone: what the network "
            "said of the test part was too far off."
        )
    if all(share.weight == 1 for share in shares):
        return ""
    said = _say_share(shares[-1])
    if standing.is_network_silent:
        if len(set(shares)) == 1:
            return f"The forecast {said}. On rows held out, the network added nothing to it."
        return (
            f"Beyond the data, the forecast {said}. In no fold is any of it the network's: on "
            "rows held out before, it added nothing."
        )
    if len(set(shares)) == 1:
        return f"The forecast {said}, as was best on rows held out."
    weights = [share.weight for share in shares]
    return (
        f"Beyond the data, the forecast {said}. In the folds of the test part the network's "
        f"share went from {min(weights):.0%} to {max(weights):.0%}, as was best on rows held "
        "out before each."
    )


def _say_share(share: Share) -> str:
    """Say whose the forecast is in one fold, as the rest of a sentence."""
    others = [(other.weight, f"that of {other.title}") for other in share.others]
    if not others:
        return "is all the network's"
    if share.weight == 0 and len(others) == 1:
        return f"is {others[0][1]} alone"
    (first, whose), *others = [(share.weight, "the network's")] * (share.weight > 0) + others
    mean = f"is a mean: {first:.0%} of it {whose}"
    if len(others) == 1:
        return f"{mean}, the rest {others[0][1]}"
    return f"{mean}, {' and '.join(f'{weight:.0%} {title}' for weight, title in others)}"


def _say_folds(against: Comparison) -> str:
    if against.num_folds == 1:
        return "the test part"
    return f"{against.folds_won} of {against.num_folds} folds of the test part"


def _say_few(standing: Standing) -> str:
    said = f"the test part holds {count_words(standing.num_judged, 'value')}"
    sentence = f"Too few rows to judge: {said}."
    skill = standing.against.skill
    if skill is None:
        return sentence
    return f"{sentence} Beside {standing.rival}, its error there is {say_difference(1.0 - skill)}."


def _list_faults(standing: Standing) -> str:
    """Return what speaks against it, as the rest of a sentence; empty where nothing does."""
    faults = []
    if standing.is_slight:
        faults.append(f"a lead below {SLIGHT:.0%} is hardly worth a network")
    if standing.worse is not None:
        measure, ratio = standing.worse
        faults.append(f"{_TITLES[measure]} is {say_difference(ratio)}")
    if standing.bias is not None and standing.has_worse_bias:
        faults.append(_say_bias(standing.bias))
    if standing.leaking:
        verb = "gives" if len(standing.leaking) == 1 else "give"
        faults.append(f"{list_names(standing.leaking)} {verb} the answer away")
    if standing.is_network_silent:
        whose = "simple rules'"
        if _hears_pretrained(standing):
            whose = "the pre-trained LSTM's" + " and simple rules'" * _hears_rules(standing)
        faults.append(f"the network added nothing to it: all of it is {whose}")
    return ", and ".join(faults)


def _hears_pretrained(standing: Standing) -> bool:
    return any(other.is_pretrained for share in standing.shares for other in share.others)


def _hears_rules(standing: Standing) -> bool:
    return any(not other.is_pretrained for share in standing.shares for other in share.others)


def _say_bias(bias: Bias) -> str:
    own, rival = bias.total, bias.rival_total
    if own is not None and rival is not None and abs(own) > abs(rival):
        return f"it {_say_total(own)}, where that rule {_say_total(rival)}"
    return (
        f"it lies too {_say_side(bias.own)} by {say_percent(bias.own)} of that rule's usual miss, "
        f"where the rule lies too {_say_side(bias.rival)} by {say_percent(bias.rival)}"
    )


def _say_missed_totals(standing: Standing) -> str:
    """Say by how much all forecasts together are off, where that is much and not told yet."""
    bias = standing.bias
    if standing.outcome == "few" or bias is None or bias.total is None or not bias.misses_totals:
        return ""
    said = _say_total(bias.total)
    return "" if said in _say_outcome(standing) else f" It {said}."


def _say_total(total: float) -> str:
    if total == 0:
        return "meets totals"
    return f"{'over' if total > 0 else 'under'}-forecasts totals by {say_percent(total)}"


def _say_side(bias: float) -> str:
    return "high" if bias > 0 else "low"


def _say_simplest(standing: Standing) -> str:
    if standing.simplest is None:
        return ""
    name, against = standing.simplest
    if not against.is_win or against.skill is None:
        return ""
    return f" It does beat {name}, by {say_percent(against.skill)}."
