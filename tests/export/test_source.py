from __future__ import annotations

import ast
import subprocess
import sys
from collections import Counter
from importlib import import_module
from pathlib import Path

import pytest

from lstm_core.export import source
from lstm_core.export.source import cut_definitions, read_constant
from lstm_core.tasks.registry import list_kinds

ROOT = Path(__file__).parents[2]


def test_what_a_definition_needs_comes_before_it() -> None:
    found = cut_definitions("cell = SLSTMCell(4)")
    names = [node.name for text in found for node in ast.parse(text).body]  # type: ignore[attr-defined]
    assert names == ["_first", "SLSTMCell"]


def test_definitions_carry_no_annotations_but_everything_else() -> None:
    (text,) = cut_definitions("x = ForgetBias(1.0)")
    assert text.startswith('@keras.saving.register_keras_serializable("lstm_studio")\nclass ')
    assert "def __call__(self, shape, dtype=None, **kwargs):" in text
    assert "Zeros for a gate vector" in text
    for annotated in ("->", ": Any", ": float"):
        assert annotated not in text


@pytest.mark.parametrize("key", list_kinds())
def test_all_that_can_be_cut_is_python_and_no_name_means_two_things(key: str) -> None:
    found = Counter[str]()
    sources = import_module(f"lstm_core.tasks.{key}.export.sources").SOURCES
    for path in (paths := (*source._SHARED, *sources)):
        for node in ast.parse(source.read_module(path)).body:
            if isinstance(node, ast.ClassDef | ast.FunctionDef):
                found[node.name] += 1
                assert ast.parse(source._list_definitions(paths)[node.name].source)
    assert set(found.values()) == {1}


def test_constants_are_those_of_the_modules_themselves() -> None:
    assert read_constant("tasks/forecasting/framing/scaling.py", "_LEAST_SHARE") == 1e-3
    with pytest.raises(KeyError):
        read_constant("tasks/forecasting/framing/scaling.py", "nothing")


def test_writing_a_script_loads_nothing_that_trains() -> None:
    program = (
        "import sys; from lstm_core.tasks.registry import get_kind, list_kinds; "
        "[get_kind(key).load_exporter() for key in list_kinds()]; "
        "print([name for name in ('keras', 'tensorflow', 'statsmodels') if name in sys.modules])"
    )
    told = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert told.stdout.strip() == "[]"
