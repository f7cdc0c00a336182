"""A program as a notebook: its sections, one cell each."""

from __future__ import annotations

import json
from typing import Any

from lstm_core.export.program import Program


def write_notebook(program: Program) -> str:
    """Return a Jupyter notebook, format 4."""
    cells = [_make_cell("markdown", program.introduction)]
    for section in program.sections:
        cells.append(_make_cell("markdown", f"## {section.title}\n\n{section.note}"))
        cells.append(_make_cell("code", section.code))
    notebook = {
        "cells": cells,
        "metadata": {
            "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
            "language_info": {"name": "python"},
        },
        "nbformat": 4,
        "nbformat_minor": 4,
    }
    return json.dumps(notebook, indent=1)


def _make_cell(kind: str, source: str) -> dict[str, Any]:
    cell: dict[str, Any] = {
        "cell_type": kind,
        "metadata": {},
        "source": source.splitlines(keepends=True),
    }
    if kind == "code":
        cell |= {"execution_count": None, "outputs": []}
    return cell
