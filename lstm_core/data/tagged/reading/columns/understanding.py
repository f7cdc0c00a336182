"""Which column of steps is what: words or numbers, tags, and what says where sequences begin."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from lstm_core.data.items.reading.columns.facts import ColumnFacts, gather_facts
from lstm_core.data.items.reading.columns.findings import Finding
from lstm_core.data.items.reading.columns.roles import find_split
from lstm_core.data.tagged.reading.columns.roles import (
    find_channels,
    find_group,
    find_item,
    find_tag,
    find_token,
)
from lstm_core.data.tagged.reading.source import TaggedSource
from lstm_core.data.wording import list_names
from lstm_core.errors import DataError, suggest_name
from lstm_core.spec.items import NO_COLUMN
from lstm_core.spec.series import name_file
from lstm_core.spec.tagged import StepContent, TaggedDataSpec

_MOST_OTHERS = 12
_MOST_ROWS = 200_000
"""Facts of longer tables are gathered from as many rows in a row at their beginning."""


@dataclass(frozen=True)
class TaggedUnderstanding:
    """All decisions together.

    Attributes:
        spec: every part filled in that the files have.
        findings: by part of the spec, why, and what else could be meant.
        columns: what the table's columns hold.
    """

    spec: TaggedDataSpec
    findings: Mapping[str, Finding]
    columns: tuple[ColumnFacts, ...]


def understand_tagged(
    source: TaggedSource, choice: TaggedDataSpec | None = None, *, tagged: bool = True
) -> TaggedUnderstanding:
    """Give every column its part; what ``choice`` sets is kept.

    Args:
        tagged: False for sequences that are to be predicted: of the columns that ``choice``
            names, those that describe a sequence may be missing, and so may the tags.

    Raises:
        DataError: a column that was chosen isn't there, or nothing is a word or a number.
    """
    choice = choice or TaggedDataSpec(source="file", name=name_file(source.name))
    if not tagged:
        choice = _leave_out_missing(source, choice)
    return _Reader(source, choice, tagged).read()


def _leave_out_missing(source: TaggedSource, choice: TaggedDataSpec) -> TaggedDataSpec:
    known = set(source.frame.columns)
    missing = {
        part: None if part == "token" else NO_COLUMN
        for part, name in choice.columns.items()
        if name not in known
    }
    return choice.model_copy(update=missing)


class _Reader:
    """Goes from the table to the parts, each decision narrowing those behind it."""

    def __init__(self, source: TaggedSource, choice: TaggedDataSpec, tagged: bool) -> None:
        self._source = source
        self._choice = choice
        self._is_tagged = tagged
        self._findings: dict[str, Finding] = {}
        self._check_choice()
        self._frame = source.frame.iloc[:_MOST_ROWS]
        self._facts: Sequence[ColumnFacts] = gather_facts(self._frame, source.decimal)
        self._begins = None if source.begins is None else source.begins[:_MOST_ROWS]

    def read(self) -> TaggedUnderstanding:
        choice = self._choice
        split = self._decide("split", find_split(self._free("split")))
        token = None
        if choice.content != "numbers":
            found = find_token(self._free("token", split), self._frame)
            token = self._decide("token", found)
        content = self._find_content(token)
        if content == "numbers":
            token = None
        item = self._decide(
            "item",
            find_item(self._free("item", split, token), self._frame, content, self._begins),
        )
        tag = self._decide(
            "tag",
            find_tag(self._free("tag", split, token, item), self._frame, content, item),
        )
        if self._is_tagged and tag is None:
            raise _refuse_untagged(self._source)
        group = self._decide(
            "group",
            find_group(self._free("group", split, token, tag), self._frame, item, tag),
        )
        channels: tuple[str, ...] | None = None
        if content == "numbers":
            channels = self._find_channels(split, tag, item, group)
        spec = choice.model_copy(
            update={
                "content": content,
                "header": self._source.has_header if choice.header is None else choice.header,
                "token": token or NO_COLUMN,
                "tag": tag or NO_COLUMN,
                "item": item or NO_COLUMN,
                "group": group or NO_COLUMN,
                "split": split or NO_COLUMN,
                "channels": channels,
            }
        )
        return TaggedUnderstanding(spec, self._findings, tuple(self._facts))

    def _free(self, part: str, *taken: str | None) -> list[ColumnFacts]:
        """Return the columns that have no other part yet; a group may name sequences as well."""
        reserved = {
            name
            for other, name in self._choice.columns.items()
            if other != part and {other, part} != {"item", "group"}
        }
        reserved |= set(self._choice.channels or ())
        return [
            each for each in self._facts if each.name not in taken and each.name not in reserved
        ]

    def _decide(self, part: str, finding: Finding) -> str | None:
        """Keep what was chosen, else what the format tells, else what was found."""
        chosen = getattr(self._choice, part)
        hint = self._source.hints.get(part)
        if chosen is not None:
            value = None if chosen == NO_COLUMN else chosen
            others = [name for name in (finding.value, *finding.others) if name and name != value]
            finding = Finding(part, value, "You chose it.", tuple(others))
        elif hint is not None and hint.column in {each.name for each in self._free(part)}:
            others = [n for n in (finding.value, *finding.others) if n and n != hint.column]
            finding = Finding(part, hint.column, hint.reason, tuple(others))
        self._findings[part] = replace(finding, others=finding.others[:_MOST_OTHERS])
        return finding.value

    def _find_content(self, token: str | None) -> StepContent:
        if self._choice.content is not None:
            content, reason = self._choice.content, "You chose it."
            if content == "words" and token is None:
                raise DataError(
                    f'No column of "{self._source.name[:80]}" holds words.',
                    f"Choose one of {list_names(list(self._source.frame.columns))}.",
                )
        elif token is not None:
            content, reason = "words", f'A row is a word: "{token[:40]}".'
        else:
            content, reason = "numbers", "A row holds numbers, measured at one time."
        other = "numbers" if content == "words" else "words"
        self._findings["content"] = Finding("content", content, reason, (other,))
        return content

    def _find_channels(self, *taken: str | None) -> tuple[str, ...]:
        if self._choice.channels is not None:
            return self._choice.channels
        channels = find_channels(self._free("channels", *taken), self._frame, self._source.decimal)
        if not channels:
            raise DataError(
                f'No column of "{self._source.name[:80]}" holds words, and none holds numbers that '
                "change from row to row.",
                "Bring a row for each step: a word, or numbers, and its tag.",
            )
        reason = f"Numbers that change from row to row: {list_names(channels)}."
        self._findings["channels"] = Finding("channels", None, reason)
        return channels

    def _check_choice(self) -> None:
        known = list(map(str, self._source.frame.columns))
        for name in [*self._choice.columns.values(), *(self._choice.channels or ())]:
            if name not in known:
                raise DataError(
                    f'There is no column "{name[:60]}".{suggest_name(name, known)}',
                    f"The columns are {list_names(known)}." if known else "",
                )


def _refuse_untagged(source: TaggedSource) -> DataError:
    names = list_names(list(source.frame.columns))
    return DataError(
        f'No column of "{source.name[:80]}" holds a tag for each step: none has few values that '
        "recur and change within a sequence.",
        f"Choose the column that says what each step is, or add one. The columns are {names}.",
    )
