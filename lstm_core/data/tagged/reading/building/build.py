"""From a table whose columns have their parts to a collection: cut, cleaned, checked, told."""

from __future__ import annotations

from dataclasses import replace
from pathlib import PurePosixPath

import numpy as np

from lstm_core.data.items.collection import as_objects, make_unique
from lstm_core.data.items.reading.building.contents import find_column
from lstm_core.data.items.reading.building.repairs import mend_signals
from lstm_core.data.items.reading.columns.facts import read_column
from lstm_core.data.items.reading.columns.stretches import Stretches
from lstm_core.data.items.reading.columns.vocabulary import find_part, read_part
from lstm_core.data.items.signals import Signals
from lstm_core.data.tagged.collection import TaggedCollection
from lstm_core.data.tagged.converting import read_tags
from lstm_core.data.tagged.reading.building.cutting import (
    Cut,
    choose_piece,
    cut_at_marks,
    cut_pieces,
    cut_sequences,
)
from lstm_core.data.tagged.reading.building.tags import clean_tags, make_tags
from lstm_core.data.tagged.reading.columns.understanding import TaggedUnderstanding
from lstm_core.data.tagged.reading.source import TaggedSource
from lstm_core.data.tagged.words import WordCut
from lstm_core.data.wording import count_words
from lstm_core.errors import DataError
from lstm_core.spec.tagged import TaggedDataSpec, WordCutSpec

_FEWEST_RECORDINGS = 3


def build_tagged(
    source: TaggedSource, understanding: TaggedUnderstanding, *, tagged: bool = True
) -> TaggedCollection:
    """Return the collection.

    Args:
        understanding: every part filled in, as ``understand_tagged`` gives it.
        tagged: refuse tags that can't be learnt. False for sequences that are to be predicted.

    Raises:
        DataError: what the sequences or their tags hold can't be used; the sentence says why.
    """
    spec = understanding.spec
    builder = _Builder(source, spec, tagged)
    return builder.build()


class _Builder:
    """Works on row numbers of the table until all that is left out is known."""

    def __init__(self, source: TaggedSource, spec: TaggedDataSpec, tagged: bool) -> None:
        self._spec = spec
        self._is_tagged = tagged
        self._notes = list(source.notes)
        self._source = self._leave_out_wordless(source)
        self._frame = self._source.frame
        tag = find_column(spec.tag)
        self._tags: list[str | None] = [None] * len(self._frame)
        if tag is not None:
            self._tags = clean_tags(self._frame[tag].tolist())

    def build(self) -> TaggedCollection:
        spec = self._spec
        cut = self._cut()
        spec = spec.model_copy(update={"piece": self._piece})
        self._notes += cut.notes
        cut, kept_signals = self._read_signals(cut)
        cut = self._leave_out_half_tagged(cut)
        signals = None
        order, lengths = cut.stretches.order, cut.stretches.lengths
        if kept_signals is not None:
            signals = Signals.from_lengths(kept_signals[order], lengths, spec.channels or ())
        tags = [self._tags[row] for row in order]
        if self._is_tagged:
            reading = make_tags(tags, lengths, spec.tag or "")
        else:
            reading = read_tags(tags, lengths)
        self._notes += reading.notes
        words = None
        if spec.content == "words":
            words = as_objects(self._frame[str(spec.token)].to_numpy(dtype=object)[order])
            if spec.cut is None and self._is_tagged:
                fitted = WordCut.fit(words.tolist()).to_dict()
                spec = spec.model_copy(update={"cut": WordCutSpec.model_validate(fitted)})
        firsts = cut.stretches.firsts
        return TaggedCollection(
            content=spec.content or "words",
            scheme=reading.scheme,
            ids=make_unique(cut.ids),
            tags=reading.tags,
            words=words,
            sizes=lengths if words is not None else None,
            signals=signals,
            groups=self._read_groups(cut, firsts),
            times=np.arange(len(lengths), dtype=np.float64) if cut.are_pieces else None,
            parts=self._read_parts(firsts),
            source=spec.source,
            name=spec.name,
            roles=tuple((part, name) for part, name in spec.columns.items() if part != "token"),
            understood=spec,
            notes=tuple(dict.fromkeys(self._notes)),
        )

    def _leave_out_wordless(self, source: TaggedSource) -> TaggedSource:
        """Leave out rows whose word is blank; what began with one begins with the next."""
        token = find_column(self._spec.token)
        if self._spec.content != "words" or token is None:
            return source
        given = (source.frame[token].str.strip() != "").to_numpy()
        if given.all():
            return source
        if not given.any():
            raise DataError(
                f'The column "{token[:60]}" holds no word.', "Choose the column of words."
            )
        lost = int((~given).sum())
        self._notes.append(f"Steps without a word left out: {lost:,}.")
        begins = None
        if source.begins is not None:
            numbers = np.cumsum(source.begins)[given]
            begins = np.diff(numbers, prepend=-1) != 0
        frame = source.frame[given].reset_index(drop=True)
        return replace(source, frame=frame, begins=begins)

    def _cut(self) -> Cut:
        spec = self._spec
        others = [name for name in (find_column(spec.group), find_column(spec.split)) if name]
        stem = PurePosixPath(self._source.name).name.partition(".")[0] or self._source.name
        cut = cut_sequences(self._source, find_column(spec.item), others, stem[:80])
        self._piece = spec.piece
        is_whole = find_column(spec.item) is None and self._source.begins is None
        if spec.content == "words":
            if is_whole and self._piece is None:
                words = self._frame[str(spec.token)].tolist()
                return cut_at_marks(cut, words)
        elif self._piece is None:
            self._piece = choose_piece(cut.stretches.lengths)
        if self._piece and int(cut.stretches.lengths.max()) > self._piece:
            return cut_pieces(cut, self._piece)
        return cut

    def _read_signals(self, cut: Cut) -> tuple[Cut, np.ndarray | None]:
        """Return the rows' numbers without holes, and the cut without what can't be mended."""
        names = self._spec.channels or ()
        if self._spec.content != "numbers":
            return cut, None
        frame = self._frame
        values = np.empty((len(frame), len(names)), dtype=np.float32)
        with np.errstate(over="ignore"):
            for number, name in enumerate(names):
                values[:, number] = read_column(frame[name], self._source.decimal)
        order, lengths = cut.stretches.order, cut.stretches.lengths
        empty = ~np.isfinite(values[order]).any(axis=1)
        if empty.any():  # a step without any number is no step: its tag goes with it
            cut = _keep_rows(cut, ~empty)
            self._notes.append(f"Rows without any number left out: {int(empty.sum()):,}.")
            order, lengths = cut.stretches.order, cut.stretches.lengths
        signals = Signals.from_lengths(values[order], lengths, names)
        mended, whole, told = mend_signals(signals)
        self._notes += told
        values[order] = mended.values
        if not whole.all():
            lost = int((~whole).sum())
            self._notes.append(f"Sequences with an empty channel left out: {lost:,}.")
            cut = _keep_sequences(cut, whole)
        if not len(cut.ids):
            raise DataError(
                "No sequence is whole: each has a channel without any number.",
                "Choose other channels, or fill in what is missing.",
            )
        return cut, values

    def _leave_out_half_tagged(self, cut: Cut) -> Cut:
        """Leave out sequences some of whose tags are missing; those without any may stay."""
        known = np.array([self._tags[row] is not None for row in cut.stretches.order], np.int64)
        lengths = cut.stretches.lengths
        counts = np.add.reduceat(known, np.cumsum(lengths) - lengths)
        is_half = (counts > 0) & (counts < lengths)
        if not self._is_tagged and is_half.any():
            for row in cut.stretches.order[np.repeat(is_half, lengths)]:
                self._tags[row] = None
            return cut
        if is_half.any():
            number = int(np.flatnonzero(is_half)[0])
            self._notes.append(
                f"{count_words(int(is_half.sum()), 'sequence')} left out, because some of the tags "
                f'are missing, such as "{cut.ids[number][:40]}".'
            )
            if is_half.all():
                raise DataError(
                    "In every sequence, some tags are missing.",
                    "Give each step a tag; what is nothing in particular may have a tag of its "
                    "own, such as O.",
                )
            cut = _keep_sequences(cut, ~is_half)
        untagged = int((counts == 0).sum())
        if self._is_tagged and 0 < untagged < len(counts):
            self._notes.append(
                f"Sequences without any tag, which can be asked about and not learnt from: "
                f"{untagged:,}."
            )
        return cut

    def _read_groups(self, cut: Cut, firsts: np.ndarray) -> np.ndarray | None:
        name = find_column(self._spec.group)
        if name is None:
            return self._group_pieces(cut, firsts)
        groups = [cell or None for cell in self._frame[name].iloc[firsts].tolist()]
        return as_objects(groups) if any(groups) else None

    def _group_pieces(self, cut: Cut, firsts: np.ndarray) -> np.ndarray | None:
        """Keep the pieces of one recording together where there are enough recordings."""
        item = find_column(self._spec.item)
        if cut.origins is None or item is None:
            return None
        names = self._frame[item].iloc[firsts].tolist()
        return as_objects(names) if len(set(names)) >= _FEWEST_RECORDINGS else None

    def _read_parts(self, firsts: np.ndarray) -> np.ndarray | None:
        name = find_column(self._spec.split)
        if name is None:
            return None
        cells = self._frame[name].iloc[firsts].tolist()
        known = {cell: read_part(cell) or find_part(cell) for cell in set(cells)}
        parts = [known[cell] for cell in cells]
        return as_objects(parts) if any(parts) else None


def _keep_rows(cut: Cut, kept: np.ndarray) -> Cut:
    """Keep these of the rows as they lie in the cut; sequences without any go."""
    lengths = cut.stretches.lengths
    numbers = np.repeat(np.arange(len(lengths)), lengths)[kept]
    left = np.bincount(numbers, minlength=len(lengths)).astype(np.int64)
    stretches = Stretches(cut.stretches.order[kept], left)
    return _keep_sequences(replace(cut, stretches=stretches), left > 0)


def _keep_sequences(cut: Cut, kept: np.ndarray) -> Cut:
    rows = np.repeat(kept, cut.stretches.lengths)
    stretches = Stretches(cut.stretches.order[rows], cut.stretches.lengths[kept])
    return replace(
        cut,
        stretches=stretches,
        ids=[name for name, stays in zip(cut.ids, kept, strict=True) if stays],
        origins=None if cut.origins is None else cut.origins[kept],
    )
