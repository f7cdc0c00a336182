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
    """

    introduction: str
    sections: Sequence[Section]


def introduce(about: str, left_out: Iterable[str]) -> str:
    """Return what stands at the head of a program.

    Args:
        about: what it needs, does and writes.
        left_out: what of the run it does not do, a sentence each.
    """
    lines = ["One run of LSTM Studio as plain Keras.", "", about]
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
    "Counter": "from collections import Counter",
    "dataclass": "from dataclasses import dataclass",
    "cached_property": "from functools import cached_property",
    "Path": "from pathlib import Path",
    "Literal": "from typing import Literal",
}
"""What a script may need of Python's own, by the name that it calls it by."""


def write_settings(note: str, constants: Sequence[str], sections: Sequence[Section]) -> Section:
    """Write the imports that the sections need, and numbers that they speak of.

    Args:
        note: what the numbers are.
    """
    code = "\n".join(section.code for section in sections)
    named = {node.id for node in ast.walk(ast.parse(code)) if isinstance(node, ast.Name)}
    imports = [line for name, line in _STANDARD.items() if name in named]
    # Each is named in every script that imports it.
    others = ["import keras", "import numpy as np", "import pandas as pd"]
    others += ["from keras import ops"] if "ops." in code else []
    lines = [*imports, *([""] if imports else []), *others, "", *constants]
    return Section("Settings", note, "\n".join(lines))
