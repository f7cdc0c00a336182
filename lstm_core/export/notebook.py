"""A run as a notebook: the script's sections, one cell each."""

from __future__ import annotations

import json
from typing import Any

from lstm_core.data.series.dataset import Dataset
from lstm_core.export.script import introduce, list_sections
from lstm_core.export.story import Story
from lstm_core.spec import ExperimentSpec


def write_notebook(spec: ExperimentSpec, dataset: Dataset) -> str:
    """Return a Jupyter notebook, format 4, that does what ``write_script``'s script does.

    Raises:
        SpecError, DataError: as ``write_script``.
    """
    story = Story.of(spec, dataset)
    cells = [_make_cell("markdown", introduce(story))]
    for section in list_sections(story):
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
