"""Exported code, byte for byte."""

from __future__ import annotations

from tests.goldens.experiments import EXPERIMENTS
from tests.goldens.subject import resolve_spec, write_notebook, write_script

SCRIPTS = ("defaults", "folds", "step by step", "taught", "stack")
NOTEBOOKS = ("shops",)


def take_script(name: str) -> str:
    """Return the script of one of ``EXPERIMENTS``."""
    spec, dataset = EXPERIMENTS[name].open()
    resolved, _ = resolve_spec(spec, dataset)
    return write_script(resolved, dataset)


def take_notebook(name: str) -> str:
    spec, dataset = EXPERIMENTS[name].open()
    resolved, _ = resolve_spec(spec, dataset)
    return write_notebook(resolved, dataset)
