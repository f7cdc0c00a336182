"""Which column is given, and which is wanted: two of texts that go together."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import combinations

import numpy as np
from scipy.stats import rankdata

from lstm_core.data.items.reading.columns.facts import ColumnFacts, gather_facts
from lstm_core.data.items.reading.columns.findings import Finding
from lstm_core.data.items.reading.columns.roles import find_group, find_split
from lstm_core.data.pairs.reading.columns.names import find_language, names_remark, rank_side
from lstm_core.data.pairs.reading.source import PairSource
from lstm_core.data.wording import list_names
from lstm_core.errors import DataError, suggest_name
from lstm_core.spec.items import NO_COLUMN
from lstm_core.spec.pairs import PairsDataSpec
from lstm_core.spec.series import name_file

_MOST_ROWS = 5_000
_MOST_CANDIDATES = 10
_MOST_OTHERS = 12
_FEWEST_DISTINCT = 0.02


@dataclass(frozen=True)
class PairUnderstanding:
    """All decisions together.

    Attributes:
        spec: every part filled in that the files have.
        findings: by part of the spec, why, and what else could be meant.
        columns: what the table's columns hold.
        likeness: how well lengths of both sides go together, a rank correlation; 0 where unknown.
    """

    spec: PairsDataSpec
    findings: Mapping[str, Finding]
    columns: tuple[ColumnFacts, ...]
    likeness: float = 0.0


def understand_pairs(
    source: PairSource, choice: PairsDataSpec | None = None, *, paired: bool = True
) -> PairUnderstanding:
    """Give every column its part; what ``choice`` sets is kept.

    Args:
        paired: False for new texts: of the columns that ``choice`` names, all but what is given
            may be missing, and what is given may be the only column.

    Raises:
        DataError: a column that was chosen isn't there, or no two columns hold texts.
    """
    choice = choice or PairsDataSpec(source="file", name=name_file(source.name))
    known = [str(name) for name in source.frame.columns]
    if not paired:
        choice = _fit_to(choice, known)
    for name in choice.columns.values():
        if name not in known:
            raise DataError(
                f'There is no column "{name[:60]}".{suggest_name(name, known)}',
                f"The columns are {list_names(known)}.",
            )
    frame = source.frame.iloc[:_MOST_ROWS]
    facts = gather_facts(frame)
    findings: dict[str, Finding] = {}

    def free(*taken: str | None) -> list[ColumnFacts]:
        reserved = set(choice.columns.values()) | set(taken)
        return [each for each in facts if each.name not in reserved]

    def decide(part: str, finding: Finding) -> str | None:
        chosen, hint = getattr(choice, part), source.hints.get(part)
        others = [name for name in (finding.value, *finding.others) if name]
        if chosen is not None:
            value = None if chosen == NO_COLUMN else chosen
            finding = Finding(part, value, "You chose it.", tuple(n for n in others if n != value))
        elif hint is not None and hint.column not in choice.columns.values():
            rest = tuple(name for name in others if name != hint.column)
            finding = Finding(part, hint.column, hint.reason, rest)
        findings[part] = replace(finding, others=finding.others[:_MOST_OTHERS])
        return finding.value

    split = decide("split", find_split(free()))
    texts = _list_texts(free(split), len(frame))
    sides = _find_sides(source, texts, choice, split)
    given = decide("given", sides[0])
    wanted = decide("wanted", sides[1])
    if given is None or (paired and (wanted is None or given == wanted)):
        raise _refuse(source)
    found = find_group(free(split, given, wanted), (frame, None))
    # A column of few values is no reason to ask here, as it is where labels are sought.
    group = decide("group", replace(found, asks=False))
    spec = choice.model_copy(
        update={
            "header": source.has_header if choice.header is None else choice.header,
            "given": given,
            "wanted": wanted or NO_COLUMN,
            "group": group or NO_COLUMN,
            "split": split or NO_COLUMN,
        }
    )
    likeness = 0.0
    if wanted is not None:
        likeness = measure_likeness(frame[given].tolist(), frame[wanted].tolist())
    return PairUnderstanding(spec, findings, facts, likeness)


def measure_likeness(sources: Sequence[str], targets: Sequence[str]) -> float:
    """Return Spearman's rank correlation of the sides' lengths; 0 where one has a single length."""
    lengths = [np.array([len(text) for text in side], float) for side in (sources, targets)]
    if any(np.ptp(each) == 0 for each in lengths):
        return 0.0
    return float(np.corrcoef(*(rankdata(each) for each in lengths))[0, 1])


def _fit_to(choice: PairsDataSpec, known: Sequence[str]) -> PairsDataSpec:
    """Leave out what new texts don't have; a single column is what is given."""
    missing = {
        part: NO_COLUMN
        for part, name in choice.columns.items()
        if part != "given" and name not in known
    }
    if choice.given not in known and len(known) == 1:
        missing |= {"given": known[0]}
    return choice.model_copy(update=missing)


def _list_texts(facts: Sequence[ColumnFacts], num_rows: int) -> list[ColumnFacts]:
    """Return columns that vary line by line, those of texts before those of numbers."""
    found = [
        each
        for each in facts
        if each.num_distinct >= max(2, _FEWEST_DISTINCT * each.num_given)
        and each.num_given >= num_rows / 4
        and not names_remark(each.name)
        and each.parts == 0
    ]
    found.sort(key=lambda each: (each.is_number, each.place))
    return found[:_MOST_CANDIDATES]


def _find_sides(
    source: PairSource, texts: Sequence[ColumnFacts], choice: PairsDataSpec, split: str | None
) -> tuple[Finding, Finding]:
    """Find two columns whose names or lengths say that they belong together."""
    chosen = {part: choice.columns[part] for part in ("given", "wanted") if part in choice.columns}
    frame = source.frame.iloc[:_MOST_ROWS]
    names = [each.name for each in texts]
    places = {str(name): place for place, name in enumerate(source.frame.columns)}
    candidates = list(dict.fromkeys([*chosen.values(), *names]))
    facts = {each.name: each for each in texts}
    best: tuple[float, str, str] | None = None
    for pair in combinations(sorted(candidates, key=lambda name: places[name]), 2):
        first, second = pair
        if rank_side(first) > rank_side(second):
            first, second = second, first
        if chosen.get("given") == second or chosen.get("wanted") == first:
            first, second = second, first
        if chosen.get("given", first) != first or chosen.get("wanted", second) != second:
            continue
        score = _rate_columns(first, second, facts)
        score += measure_likeness(frame[first].tolist(), frame[second].tolist())
        if best is None or score > best[0] + 1e-9:
            best = score, first, second
    others = tuple(names)
    asks = len(names) > 2
    if best is None:
        only = chosen.get("given") or (names[0] if names else None)
        why = "It is the only column of texts."
        return Finding("given", only, why, others), Finding("wanted", None, why, others)
    _, given, wanted = best
    why = "It holds texts that vary line by line, as long as those beside them are long."
    if (
        rank_side(given) < 0
        or rank_side(wanted) > 0
        or (find_language(given) and find_language(wanted))
    ):
        why = "Its name says so, or names a language."

    def tell(part: str, name: str) -> Finding:
        return Finding(part, name, why, tuple(n for n in others if n != name), asks=asks)

    return tell("given", given), tell("wanted", wanted)


def _rate_columns(first: str, second: str, facts: Mapping[str, ColumnFacts]) -> float:
    score = 0.0
    for name in (first, second):
        score += 0.5 * bool(find_language(name)) + 0.5 * bool(rank_side(name))
        found = facts.get(name)
        if found is not None:
            score += found.share_distinct - 1.0 * found.is_number
            score += 0.3 * min(found.words, 4.0) / 4.0
    return score


def _refuse(source: PairSource) -> DataError:
    names = list_names([str(name) for name in source.frame.columns])
    return DataError(
        f'No two columns of "{source.name[:80]}" hold texts that vary line by line.',
        f"Choose what is given and what it is to be turned into. The columns are {names}.",
    )
