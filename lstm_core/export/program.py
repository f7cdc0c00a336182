"""What a script and a notebook are made of."""

from __future__ import annotations

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


def write_settings(
    note: str, constants: Sequence[str], sections: Sequence[Section], modules: Sequence[str] = ()
) -> Section:
    """Write the imports that the sections need, and numbers that they speak of.

    Args:
        note: what the numbers are.
        modules: of the standard library, each imported where it is named.
    """
    code = "\n".join(section.code for section in sections)
    imports = [f"import {module}" for module in modules if f"{module}." in code]
    # Each is named in every script that imports it.
    others = ["import keras", "import numpy as np", "import pandas as pd"]
    others += ["from keras import ops"] if "ops." in code else []
    lines = [*imports, *([""] if imports else []), *others, "", *constants]
    return Section("Settings", note, "\n".join(lines))
