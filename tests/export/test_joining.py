"""Modules become one that means the same, or are refused."""

from __future__ import annotations

import pytest

from lstm_core.export import joining
from lstm_core.export.joining import join_modules
from lstm_core.export.program import Program
from lstm_core.export.script import write_script

MODULES = {
    "room/first.py": '''\
"""Where it begins.

It needs nothing of ours.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

SIDES = (3, 4)
"""Of a triangle."""


@dataclass(frozen=True)
class Sides:
    values: np.ndarray


def measure(sides: Sides) -> float:
    return math.hypot(*sides.values)
''',
    "room/deep/second.py": '''\
"""What is in between."""

from __future__ import annotations

from dataclasses import dataclass, field

from lstm_core.far.errors import DataError
from lstm_core.room.first import SIDES, Sides


@dataclass
class Question:
    """Which sides."""

    asked: list[Sides] = field(default_factory=list)

    def refuse(self) -> None:
        raise DataError("Nothing is known.", SIDES)
''',
    "room/last.py": '''\
"""The end."""

from __future__ import annotations

import numpy as np

from lstm_core.room.deep.second import Question
from lstm_core.room.first import SIDES, Sides, measure

# Measured once.
MEASURED = measure(Sides(np.array(SIDES)))


def ask() -> Question:
    return Question()
''',
    "far/errors.py": '"""Far away."""\n\nimport gone\n\n\nclass DataError(gone.Error): ...\n',
    "near/errors.py": ('"""Near."""\n\n\nclass DataError(Exception):\n    """What is said."""\n'),
}
INSTEAD = {"lstm_core.far.errors": "lstm_core.near.errors"}
LAST = "lstm_core.room.last"


@pytest.fixture
def modules(monkeypatch: pytest.MonkeyPatch) -> dict[str, str]:
    """Modules of a house, which a test may change."""
    house = dict(MODULES)
    monkeypatch.setattr(joining, "read_module", house.__getitem__)
    return house


def test_what_is_joined_means_the_same_without_ours(modules: dict[str, str]) -> None:
    text = write_script(Program("All in one.", join_modules(LAST, INSTEAD)))
    assert "lstm_core" not in text
    space: dict = {"__name__": "__main__"}
    exec(compile(text, "joined.py", "exec"), space)
    assert space["MEASURED"] == 5.0
    with pytest.raises(Exception, match="Nothing is known") as raised:
        space["ask"]().refuse()
    assert type(raised.value) is space["DataError"]


def test_each_stands_behind_what_it_needs_under_its_name(modules: dict[str, str]) -> None:
    head, *sections = join_modules(LAST, INSTEAD)
    assert [section.title for section in sections] == ["errors", "first", "deep.second", "last"]
    assert sections[1].note == "Where it begins. It needs nothing of ours."
    assert sections[1].code.startswith('SIDES = (3, 4)\n"""Of a triangle."""\n\n\n@dataclass')
    assert sections[3].code.startswith("# Measured once.\nMEASURED")
    assert head.code == "\n".join(
        [
            "from __future__ import annotations",
            "",
            "import math",
            "from dataclasses import dataclass, field",
            "",
            "import numpy as np",
        ]
    )


REFUSED = {
    "a name that two give": ("measure = 2", "measure means two things: lstm_core.room.first"),
    "a hidden name that two give": ("_MOST = 2", "_MOST means two things"),
    "one of Python's own": ("def sum():\n    return 0", "sum means two things: Python itself"),
    "what another imports": ("math = 3", "math means two things: an import"),
    "a name that is imported twice": ("from far import math", "math means two things: "),
    "another name for ours": ("from lstm_core.room.first import measure as m", "another name"),
    "a whole module of ours": ("import lstm_core.room.first", "imports all of"),
    "what is not there": ("from lstm_core.room.first import Gone", "imports Gone from"),
    "in the middle": ("def late():\n    import re", "not at its top"),
}


@pytest.mark.parametrize("case", REFUSED)
def test_what_would_not_mean_the_same_is_refused(case: str, modules: dict[str, str]) -> None:
    line, told = REFUSED[case]
    parts = [MODULES["room/deep/second.py"], f"{line}\n"]
    is_import = line.startswith(("from", "import"))  # they stand at the top
    modules["room/deep/second.py"] = "\n".join(reversed(parts) if is_import else parts)
    modules["room/first.py"] += "\n_MOST = 1\n"
    with pytest.raises(ValueError, match=told):
        join_modules(LAST, INSTEAD)


def test_modules_that_need_each_other_are_refused(modules: dict[str, str]) -> None:
    modules["room/first.py"] = f"from lstm_core.room.last import ask\n{MODULES['room/first.py']}"
    with pytest.raises(ValueError, match="needs itself"):
        join_modules(LAST, INSTEAD)
