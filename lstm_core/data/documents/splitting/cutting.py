"""Splits running texts into a training, a validation and a test part."""

from __future__ import annotations

import numpy as np

from lstm_core.data.documents.collection import DocumentCollection
from lstm_core.data.documents.splitting.borders import find_border
from lstm_core.data.documents.splitting.plan import TextPlan
from lstm_core.data.documents.splitting.stretches import Stretch, TextSplit
from lstm_core.data.items.duplicates import normalise_text
from lstm_core.data.items.splitting.cutting import split_items
from lstm_core.data.items.splitting.plan import How as ItemsHow
from lstm_core.data.items.splitting.plan import SplitPlan
from lstm_core.errors import DataError

_LEEWAY = 0.2
"""Of the smaller part beside a border: how far it may move to a paragraph's end."""
_NUM_SIZES = 4


def split_documents(collection: DocumentCollection, plan: TextPlan) -> TextSplit:
    """Split as planned; the same arguments give the same split.

    Of a text that is cut, the validation part stands before the test part, and both begin with a
    paragraph, or at least a line, where there are any.

    Raises:
        DataError: what the plan needs is not there, or a part would be empty.
    """
    if plan.how == "end":
        return _cut_ends(collection, plan)
    return _keep_whole(collection, plan)


def _cut_ends(collection: DocumentCollection, plan: TextPlan) -> TextSplit:
    train: list[Stretch] = []
    validation: list[Stretch] = []
    test: list[Stretch] = []
    for number, text in enumerate(collection.texts):
        begin_test = _cut(text, 0, len(text), plan.test_share)
        bounds = [round(begin_test * piece / plan.pieces) for piece in range(plan.pieces + 1)]
        begin = 0
        for piece, wanted in enumerate(bounds[1:], 1):
            is_last = piece == plan.pieces
            stop = begin_test if is_last else max(begin, _near(text, wanted, begin_test, plan))
            middle = _cut(text, begin, stop, plan.validation_share)
            train.append(Stretch(number, begin, middle))
            validation.append(Stretch(number, middle, stop))
            begin = stop
        test.append(Stretch(number, begin_test, len(text)))
    return TextSplit(_drop_empty(train), _drop_empty(validation), _drop_empty(test))


def _cut(text: str, begin: int, stop: int, share: float) -> int:
    """Return where the last share of a stretch begins."""
    size = round((stop - begin) * share)
    border = find_border(text, stop - size, int(_LEEWAY * min(size, stop - begin - size)))
    return min(max(border, begin), stop)


def _near(text: str, wanted: int, length: int, plan: TextPlan) -> int:
    return find_border(text, wanted, int(_LEEWAY * length * plan.validation_share / plan.pieces))


def _drop_empty(stretches: list[Stretch]) -> tuple[Stretch, ...]:
    return tuple(each for each in stretches if each.num_characters > 0)


def _keep_whole(collection: DocumentCollection, plan: TextPlan) -> TextSplit:
    """Split by documents; short and long ones are spread evenly over the parts."""
    if collection.num_documents < 3:
        raise DataError(
            f"{collection.num_documents} texts can't be split into three parts.",
            "Keep the end of each text apart instead.",
        )
    how: ItemsHow = "stratified"
    if plan.how == "grouped":
        how = "grouped"
    elif plan.how == "given":
        how = "given"
    numbers: dict[str, int] = {}
    copies = [numbers.setdefault(normalise_text(text), len(numbers)) for text in collection.texts]
    split = split_items(
        SplitPlan(
            how=how,
            test_share=plan.test_share,
            validation_share=plan.validation_share,
            seed=plan.seed,
        ),
        _rank_sizes(collection.lengths),
        groups=_number_groups(collection.groups),
        copies=np.array(copies, np.int64),
        given=collection.parts,
    )
    parts = [
        tuple(Stretch(int(number), 0, int(collection.lengths[number])) for number in chosen)
        for chosen in (split.train, split.validation, split.test, split.left_out)
    ]
    return TextSplit(*parts)


def _rank_sizes(lengths: np.ndarray) -> np.ndarray:
    """Return in which quarter of all lengths each is, ``(documents,)``."""
    num_sizes = min(_NUM_SIZES, max(1, len(lengths) // 10))
    ranks = np.argsort(np.argsort(lengths, kind="stable"), kind="stable")
    return ranks * num_sizes // len(lengths)


def _number_groups(groups: np.ndarray | None) -> np.ndarray | None:
    if groups is None:
        return None
    names = {name: number for number, name in enumerate(dict.fromkeys(groups.tolist()))}
    return np.array([-1 if name is None else names[name] for name in groups], np.int64)
