"""Records of an XML file: the element that comes most often, its attributes and what is in it.

<Series REF_AREA="DE"><Obs TIME_PERIOD="2024-01" OBS_VALUE="1.5"/> … is a row of three cells.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from functools import cache
from itertools import islice
from typing import Any

import lxml.etree

_FEWEST_RECORDS = 2
_NUM_LOOKED_AT = 20_000
"""Elements of the beginning, among which the commonest is the records'."""
_MOST_FIELDS = 5_000
_VALUES = ("value", "Value", "VALUE")


def read_records(content: bytes, most_cells: int) -> list[list[str]]:
    """Return rows of texts below a row of names; empty where the file holds no records.

    Args:
        most_cells: beyond which nothing is read.
    """
    parser = lxml.etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, recover=True
    )
    try:
        root = lxml.etree.fromstring(content, parser)
    except (lxml.etree.LxmlError, ValueError):
        return []
    if root is None:
        return []
    counts = Counter(
        _path(element)
        for element in islice(root.iter(lxml.etree.Element), _NUM_LOOKED_AT)
        if element is not root and _count_fields(element) > 1
    )
    if not counts or max(counts.values()) < _FEWEST_RECORDS:
        return []
    chosen = max(counts, key=lambda path: counts[path])
    names: dict[str, int] = {}
    records = []
    num_cells = 0
    for element in root.iter(chosen[-1]):
        above = element.getparent()
        if above is None or above.tag != chosen[0]:
            continue
        record = dict(_read_fields(element))
        for field in record:
            names.setdefault(field, len(names))
        num_cells += len(record)
        if len(names) > _MOST_FIELDS or num_cells > most_cells:
            return []
        records.append(record)
    return [list(names), *([record.get(field, "") for field in names] for record in records)]


def _path(element: Any) -> tuple[str, ...]:
    parent = element.getparent()
    return (str(element.tag),) if parent is None else (str(parent.tag), str(element.tag))


def _leaves(element: Any) -> Iterator[Any]:
    return (child for child in element.iterchildren(lxml.etree.Element) if not len(child))


def _count_fields(element: Any) -> int:
    """Return how many cells an element is good for, those of the element above it among them."""
    above = element.getparent()
    inherited = len(above.attrib) if len(element.attrib) else 0
    return len(element.attrib) + inherited + sum(1 for _ in _leaves(element))


def _read_fields(element: Any) -> Iterator[tuple[str, str]]:
    above = element.getparent()
    if above.attrib and above.getparent() is not None:
        yield from ((_local(name), str(value)) for name, value in above.attrib.items())
    yield from ((_local(name), str(value)) for name, value in element.attrib.items())
    for child in _leaves(element):
        text = " ".join((child.text or "").split())
        about = child.attrib
        if about and not text:
            text = next((str(about[name]) for name in _VALUES if name in about), "")
        yield str(about.get("name", "")) or _local(child.tag), text


@cache
def _local(name: Any) -> str:
    return str(name).rpartition("}")[2]
