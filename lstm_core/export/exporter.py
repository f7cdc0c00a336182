"""``Exporter``: how a task's runs become code."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from lstm_core.export.notebook import write_notebook
from lstm_core.export.program import Program
from lstm_core.export.script import write_script
from lstm_core.spec import ExperimentSpec


@dataclass(frozen=True)
class Exporter:
    """What a task gives, and what every task's runs are written as. Specs are filled in.

    Attributes:
        name: what the files of code are called, before their ending.
        data_file: the file beside a script that it reads.
        write_program: returns the steps that do what a run of this spec does with a collection.

            Raises ``SpecError`` where there are none, ``DataError`` where the collection does not
            do.
        write_data: returns the content of that file.
        kept: artifacts of a run with which, beside a script, nothing is trained.
    """

    name: str
    data_file: str
    write_program: Callable[[ExperimentSpec, Any], Program]
    write_data: Callable[[ExperimentSpec, Any], bytes]
    kept: tuple[str, ...] = ()

    def write_script(self, spec: ExperimentSpec, collection: Any) -> str:
        """Return a Python script that trains what a run trains, and predicts what it predicts.

        It reads ``data_file`` from the folder that it runs in, and needs nothing of ours.

        Raises:
            SpecError, DataError: as ``write_program``.
        """
        return write_script(self.write_program(spec, collection))

    def write_notebook(self, spec: ExperimentSpec, collection: Any) -> str:
        """Return a Jupyter notebook, format 4, that does what the script does.

        Raises:
            SpecError, DataError: as ``write_program``.
        """
        return write_notebook(self.write_program(spec, collection))
