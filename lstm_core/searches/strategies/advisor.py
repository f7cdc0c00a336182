"""Says what to try next, and is told what came of it.

Only the search's own process loads this, after ``engineless.forgo_engine``.
"""

from __future__ import annotations

import hashlib
import json
import math
from collections.abc import Iterable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from enum import Enum, auto
from typing import Any

import keras_tuner as tuner

from lstm_core.runs.database.engine import RecordError
from lstm_core.searches.space.coding import Code, make_codes
from lstm_core.searches.space.points import is_active, make_grid
from lstm_core.searches.strategies.bayesian import BayesianOracle
from lstm_core.searches.strategies.oracles import GridOracle, HyperbandOracle, Kept, RandomOracle
from lstm_core.searches.strategies.strategy import check_strategy, choose_bracket
from lstm_core.spec.search import (
    Entry,
    FixedEntry,
    FloatEntry,
    IntEntry,
    SearchSpec,
    Space,
)

_FEWEST_INITIAL = 5
_SHARE_INITIAL = 0.25
_INITIAL_PER_SETTING = 3
_EPOCHS = "tuner/epochs"


class Nothing(Enum):
    """Why there is no suggestion."""

    WAITING = auto()
    """Trials that still run have to end first."""
    EXHAUSTED = auto()
    """Every point was tried."""


WAITING, EXHAUSTED = Nothing.WAITING, Nothing.EXHAUSTED


@dataclass(frozen=True)
class Suggestion:
    """What a trial is to be.

    Attributes:
        values: by ``section.key``, those that matter; with Hyperband ``training.epochs`` as well.
        raw: the same as Keras Tuner writes it, for ``Asked``; JSON can hold it.
    """

    values: dict[str, Any]
    raw: dict[str, Any]


@dataclass(frozen=True)
class Asked:
    """A trial was suggested."""

    number: int
    raw: Mapping[str, Any]


@dataclass(frozen=True)
class Told:
    """A trial ended; ``score`` None: without a score."""

    number: int
    score: float | None


class Advisor:
    """A strategy, asked and told.

    What it suggests follows from the settings, the trial's number and what it was asked and told
    before, in that order: another one that ``replay``s the same suggests the same.

    Args:
        settings: as the search began; trials added later must not change them.
        max_epochs: what Hyperband's last rounds are trained for. It trains what it chooses to go
            on with from the beginning.
        larger_is_better: which way scores are.

    Raises:
        SpecError: the strategy can't search this space.
    """

    def __init__(
        self,
        space: Space,
        settings: SearchSpec,
        *,
        max_epochs: int,
        larger_is_better: bool = False,
    ) -> None:
        check_strategy(space, settings, max_epochs)
        self._seed = settings.seed
        self._strategy = settings.strategy
        self._space = make_grid(space) if settings.strategy == "grid" else space
        self._codes = make_codes(self._space)
        self._trials: dict[int, Any] = {}
        self._ended: set[int] = set()
        self._is_broken = False
        options: dict[str, Any] = {
            "objective": tuner.Objective("score", "max" if larger_is_better else "min"),
            "hyperparameters": _declare(self._space, self._codes),
            "allow_new_entries": False,
            "tune_new_entries": False,
            "seed": 1,  # each question brings its own
        }
        self._oracle: Kept
        if settings.strategy == "random":
            self._oracle = RandomOracle(max_trials=None, **options)
        elif settings.strategy == "grid":
            self._oracle = GridOracle(max_trials=None, **options)
        elif settings.strategy == "hyperband":
            self._oracle = HyperbandOracle(
                max_epochs=max_epochs,
                first_bracket=choose_bracket(settings.num_trials, max_epochs),
                **options,
            )
        else:
            num_settings = sum(code.width > 0 for code in self._codes.values())
            self._oracle = BayesianOracle(
                max_trials=None,
                num_initial_points=_count_initial(settings.num_trials, num_settings),
                **options,
            )
        self._oracle.keep_in(self._space, self._codes)

    def ask(self, number: int) -> Suggestion | Nothing:
        """Return what trial ``number`` is to be; numbers are asked for once."""
        if number in self._trials:
            raise ValueError(f"trial {number} was asked for already")
        with self._use_oracle() as oracle:
            trial = oracle.suggest(str(number), _mix(self._seed, number))
        if trial.status == "IDLE":
            return WAITING
        if trial.status == "STOPPED":
            return EXHAUSTED
        self._trials[number] = trial
        raw = dict(trial.hyperparameters.values)
        return Suggestion(self._read(raw), raw)

    def tell(self, number: int, score: float | None) -> None:
        """Take note of a trial's end; a score that is no finite number is none."""
        if number not in self._trials or number in self._ended:
            raise ValueError(f"trial {number} is not running")
        has_score = score is not None and math.isfinite(score)
        with self._use_oracle() as oracle:
            oracle.finish(self._trials[number], score if has_score else None)
        self._ended.add(number)

    def replay(self, events: Iterable[Asked | Told]) -> None:
        """Bring a new advisor to where another was after the same events.

        Raises:
            RecordError: the events are not of a search with this space and these settings.
        """
        if self._trials:
            raise ValueError("only a new advisor can replay")
        for event in events:
            if isinstance(event, Told):
                if event.number not in self._trials or event.number in self._ended:
                    raise RecordError(
                        f"The search's record has a score of trial {event.number}, which was not "
                        "running.",
                        "It was changed or damaged: start another search.",
                    )
                self.tell(event.number, event.score)
            elif not self._repeat(event):
                raise RecordError(
                    f"Trial {event.number} in the search's record is not what the "
                    f"{self._strategy} strategy suggests there.",
                    "The record was changed, or written by another version: start another search.",
                )

    def _repeat(self, event: Asked) -> bool:
        """Ask again; false where something else comes out.

        Random points and what a fitted process expects are taken from the record: other versions of
        the libraries may draw or compute others.
        """
        if event.number in self._trials:
            return False
        if self._strategy in ("random", "bayesian"):
            if not self._is_point(event.raw):
                return False
            self._oracle.given = dict(event.raw)
        answer = self.ask(event.number)
        self._oracle.given = None
        return isinstance(answer, Suggestion) and _write(answer.raw) == _write(event.raw)

    def _is_point(self, raw: Mapping[str, Any]) -> bool:
        values: dict[str, Any] = {}
        for path, entry in self._space.items():
            if is_active(entry, values) and path in raw:
                if not self._codes[path].holds(raw[path]):
                    return False
                values[path] = self._codes[path].to_value(raw[path])
            elif is_active(entry, values) or path in raw:
                return False
        return raw.keys() <= self._space.keys()

    def _read(self, raw: Mapping[str, Any]) -> dict[str, Any]:
        values = {
            path: code.to_value(raw[path]) for path, code in self._codes.items() if path in raw
        }
        return values | ({"training.epochs": raw[_EPOCHS]} if _EPOCHS in raw else {})

    @contextmanager
    def _use_oracle(self) -> Iterator[Kept]:
        """Hand out the oracle, and never again after an error: its lock stays held."""
        if self._is_broken:
            raise RuntimeError("this advisor failed before; replay the record into a new one")
        self._is_broken = True
        yield self._oracle
        self._is_broken = False


def _mix(seed: int, number: int) -> int:
    """Return a seed of its own for each question, far from that of the next one."""
    return int.from_bytes(hashlib.sha256(f"{seed} {number}".encode()).digest()[:6])


def _count_initial(num_trials: int, num_settings: int) -> int:
    """Return how many scores a process is first fitted to: enough to tell, few of few trials."""
    wanted = max(_FEWEST_INITIAL, int(num_trials * _SHARE_INITIAL))
    return min(wanted, max(_FEWEST_INITIAL, _INITIAL_PER_SETTING * num_settings))


def _declare(space: Space, codes: Mapping[str, Code]) -> Any:
    """Return the space as Keras Tuner's ``HyperParameters``, conditions included."""
    declared = tuner.HyperParameters()
    for path, entry in space.items():
        with ExitStack() as conditions:
            for parent, values in entry.when.items():
                raws = [codes[parent].to_raw(value) for value in values]
                conditions.enter_context(declared.conditional_scope(parent, raws))
            _declare_entry(declared, path, entry, codes[path])
    return declared


def _declare_entry(declared: Any, path: str, entry: Entry, code: Code) -> None:
    if isinstance(entry, FixedEntry):
        declared.Fixed(path, code.to_raw(entry.value))
    elif code.texts is not None:
        declared.Choice(path, list(code.texts))
    elif isinstance(entry, IntEntry):
        declared.Int(path, entry.low, entry.high, step=entry.step, sampling=entry.scale)
    else:
        assert isinstance(entry, FloatEntry)
        declared.Float(path, entry.low, entry.high, sampling=entry.scale)


def _write(raw: Mapping[str, Any]) -> str:
    return json.dumps(raw, sort_keys=True)
