"""The tables of a result: every step, every entity, and where it errs."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import pairwise

import numpy as np
import pandas as pd

from lstm_core.data.tagged.collection import TaggedCollection
from lstm_core.data.tagged.entities import Entity, find_entities
from lstm_core.tasks.tagging.judging.said import Said, Truth

SAID = "said"
BASELINE = "said: "
"""Before a baseline's name: the column of what it said."""


def tabulate_steps(
    sequences: TaggedCollection,
    positions: np.ndarray,
    truth: Truth,
    said: Said,
    rivals: Mapping[str, np.ndarray],
    is_known: np.ndarray,
) -> pd.DataFrame:
    """Return ``position, item, step, token, tag, said, certainty, known`` and baselines' tags.

    Args:
        sequences: those that were judged. ``positions``: ``(sequences,)`` in the whole collection.
        rivals: tags by number, ``(steps,)``, by the baselines' names.
        is_known: ``(steps,)`` whether the training part has the word.
    """
    names = np.asarray(truth.names, object)
    lengths = truth.lengths
    table = pd.DataFrame(
        {
            "position": np.repeat(positions, lengths),
            "item": np.repeat(sequences.ids, lengths),
            "step": number_steps(lengths),
            "token": write_tokens(sequences),
            "tag": truth.tags,
            SAID: names[said.tags],
            "certainty": said.certainties,
            "known": is_known,
        }
    )
    for name, tags in rivals.items():
        table[f"{BASELINE}{name}"] = names[tags]
    return table


def number_steps(lengths: np.ndarray) -> np.ndarray:
    """Number the steps of each sequence from 1, ``(steps,)``."""
    ends = np.cumsum(lengths)
    return np.arange(int(ends[-1]) if len(ends) else 0) - np.repeat(ends - lengths, lengths) + 1


def write_tokens(sequences: TaggedCollection) -> np.ndarray:
    """Return the words, or of rows of numbers nothing, ``(steps,)``."""
    if sequences.words is not None:
        return sequences.words
    empty = np.empty(sequences.num_steps, object)
    empty[:] = ""
    return empty


def tabulate_entities(steps: pd.DataFrame) -> pd.DataFrame:
    """Return a row for each entity that is there or was said.

    ``position, item, first, last, text, type, said, outcome, certainty``: ``outcome`` is
    ``right``; ``type`` where one with the same ends has another type; ``ends`` where one of the
    type overlaps; ``missed``; ``invented``. ``certainty``: of its least certain step, where it was
    said. ``first`` and ``last`` count from 1.
    """
    rows = []
    for position, own in steps.groupby("position", sort=False):
        there = find_entities(own["tag"].tolist())
        said = find_entities(own[SAID].tolist())
        tokens, sure = own["token"].tolist(), own["certainty"].to_numpy()
        item = own["item"].iloc[0]
        for entity, kind, told, outcome in match_entities(there, said):
            part = slice(entity.first, entity.stop)
            rows.append(
                {
                    "position": position,
                    "item": item,
                    "first": entity.first + 1,
                    "last": entity.stop,
                    "text": " ".join(map(str, tokens[part])),
                    "type": kind,
                    SAID: told,
                    "outcome": outcome,
                    "certainty": float(sure[part].min()),
                }
            )
    columns = ["position", "item", "first", "last", "text", "type", SAID, "outcome", "certainty"]
    return pd.DataFrame(rows, columns=columns)


def match_entities(there: list[Entity], said: list[Entity]) -> list[tuple[Entity, str, str, str]]:
    """Return each entity with its true type, the one that was said, and what became of it.

    An entity that is there is matched with the one that was said with its ends, else with one of
    its type that overlaps, else with any that overlaps; what was said and matches none is invented.
    """
    found: list[tuple[Entity, str, str, str]] = []
    left = list(said)
    for entity in there:
        others = [each for each in left if each.first < entity.stop and entity.first < each.stop]
        same = [each for each in others if each[:2] == entity[:2]]
        alike = [each for each in others if each.type == entity.type]
        match = next(iter([*same, *alike, *others]), None)
        if match is None:
            found.append((entity, entity.type, "", "missed"))
            continue
        left.remove(match)
        outcome = "right" if match == entity else "type" if match.type != entity.type else "ends"
        found.append((entity, entity.type, match.type, outcome))
    found += [(entity, "", entity.type, "invented") for entity in left]
    return sorted(found, key=lambda each: each[0][:2])


def tabulate_confusion(entities: pd.DataFrame) -> pd.DataFrame:
    """Return ``type, said, num``: how often each was taken for each; "" is none at all."""
    counted = entities.groupby(["type", SAID]).size()
    return counted.rename("num").reset_index()


def tabulate_tag_confusion(steps: pd.DataFrame) -> pd.DataFrame:
    """Return ``type, said, num`` of plain tags, step by step."""
    counted = steps.groupby(["tag", SAID]).size().rename("num").reset_index()
    return counted.rename(columns={"tag": "type"})


BANDS = (5, 10, 20, 40, 80)
"""Steps of a sequence up to which a band of lengths reaches."""


def break_down(
    steps: pd.DataFrame, entities: pd.DataFrame, groups: np.ndarray | None
) -> pd.DataFrame:
    """Return ``by, value, num, found``: the share of entities, or of steps, that are right.

    ``by`` is ``length`` of the sequence, ``word``: whether the training part has all words of it,
    and ``group``.

    Args:
        groups: ``(positions,)`` of the whole collection, by position; None without any.
    """
    sizes = steps.groupby("position").size()
    has_entities = len(entities) > 0
    if has_entities:
        base = entities[entities["outcome"] != "invented"].copy()
        base["is_right"] = base["outcome"] == "right"
        known = steps.set_index(["position", "step"])["known"].sort_index()
        base["is_known"] = [
            bool(known.loc[(row.position, row.first) : (row.position, row.last)].all())
            for row in base.itertuples()
        ]
    else:
        base = steps[["position", "tag", SAID, "known"]].rename(columns={"known": "is_known"})
        base["is_right"] = base["tag"] == base[SAID]
    base["length"] = _name_bands(sizes.loc[base["position"]].to_numpy())
    base["word"] = np.where(base["is_known"], "every word known", "with an unknown word")
    if groups is not None:
        base["group"] = pd.Series(groups[base["position"].to_numpy()], base.index).fillna("(none)")
    rows = []
    for by in ("length", "word", "group"):
        if by not in base or base[by].nunique() < 2:
            continue
        counted = base.groupby(by, sort=False)["is_right"].agg(["size", "mean"])
        order = sorted(counted.index, key=_sort_band) if by == "length" else list(counted.index)
        rows += [(by, value, *counted.loc[value]) for value in order]
    return pd.DataFrame(rows, columns=["by", "value", "num", "found"])


def _name_bands(sizes: np.ndarray) -> np.ndarray:
    edges = np.array([0, *BANDS])
    names = [f"{low + 1} to {high}" for low, high in pairwise(edges)]
    return np.asarray([*names, f"more than {BANDS[-1]}"], object)[np.searchsorted(BANDS, sizes)]


def _sort_band(name: str) -> int:
    return int(name.split()[0]) if name[0].isdigit() else 1_000_000
