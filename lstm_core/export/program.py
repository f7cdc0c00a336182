"""What a script and a notebook are made of."""

from __future__ import annotations

import ast
import textwrap
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from lstm_core.export.code import Section

WIDTH = 96


@dataclass(frozen=True)
class Program:
    """A run as steps that follow each other.

    Attributes:
        introduction: what it does, and what it leaves out; no word of it comes from a file.
        sections: in the order that they run in.
        trains: it needs TensorFlow for that; otherwise it brings what was learnt.
    """

    introduction: str
    sections: Sequence[Section]
    trains: bool = True


def introduce(about: str, left_out: Iterable[str], *, trains: bool = True) -> str:
    """Return what stands at the head of a program.

    Args:
        about: what it needs, does and writes.
        left_out: what of the run it does not do, a sentence each.
        trains: as in ``Program``.
    """
    lines = [f"One run of LSTM Studio as plain {'Keras' if trains else 'NumPy'}.", "", about]
    sentences = [f"- {sentence}" for sentence in left_out]
    if sentences:
        lines += ["", "Left out of what the run does:", *sentences]
    return "\n".join(
        textwrap.fill(line, WIDTH, subsequent_indent="  " if line.startswith("-") else "")
        for line in lines
    )


_STANDARD = {
    "json": "import json",
    "math": "import math",
    "re": "import re",
    "unicodedata": "import unicodedata",
    "Counter": "from collections import Counter",
    "Sequence": "from collections.abc import Sequence",
    "dataclass": "from dataclasses import dataclass",
    "field": "from dataclasses import field",
    "cached_property": "from functools import cached_property",
    "lru_cache": "from functools import lru_cache",
    "Path": "from pathlib import Path",
    "Literal": "from typing import Literal",
    "NamedTuple": "from typing import NamedTuple",
}
"""What a script may need of Python's own, by the name that it calls it by."""

_OTHERS = {
    "keras": "import keras",
    "np": "import numpy as np",
    "pd": "import pandas as pd",
}
"""The same of what has to be installed."""


def write_settings(
    note: str,
    constants: Sequence[str],
    sections: Sequence[Section],
    beside: Sequence[str] = (),
) -> Section:
    """Write the imports that the sections need, and numbers that they speak of.

    Args:
        note: what the numbers are.
        beside: imports of files that stand beside the script.
    """
    code = "\n".join(section.code for section in sections)
    named = {node.id for node in ast.walk(ast.parse(code)) if isinstance(node, ast.Name)}
    imports = [line for name, line in _STANDARD.items() if name in named]
    others = [line for name, line in _OTHERS.items() if name in named]
    others += ["from keras import ops"] if "ops." in code else []
    blocks = [imports, others, beside, constants]
    return Section("Settings", note, "\n\n".join("\n".join(block) for block in blocks if block))
