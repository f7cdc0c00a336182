"""``Exporter``: how a task's runs become code."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from lstm_core.export.notebook import write_notebook
from lstm_core.export.program import Program
from lstm_core.export.script import write_script
from lstm_core.spec import ExperimentSpec


@dataclass(frozen=True)
class Companion:
    """A file that a script can't do without, beside its data.

    Attributes:
        label: a word or two for it. ``mime``: what kind of file it is.
        write: returns its content, made of artifacts of the run by their names.
        needs: those artifacts; where there are any, only a finished run has this file.
    """

    label: str
    name: str
    mime: str
    write: Callable[[Mapping[str, bytes]], bytes]
    needs: tuple[str, ...] = ()


def list_none(spec: ExperimentSpec) -> Sequence[Companion]:
    """Return no companions: a script and its data are enough."""
    return ()


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
        list_companions: returns what else has to stand beside a script of this spec.
    """

    name: str
    data_file: str
    write_program: Callable[[ExperimentSpec, Any], Program]
    write_data: Callable[[ExperimentSpec, Any], bytes]
    kept: tuple[str, ...] = ()
    list_companions: Callable[[ExperimentSpec], Sequence[Companion]] = list_none

    def say_files(self, spec: ExperimentSpec) -> str:
        """Name what has to stand beside a script: ``"data.csv"``, or several files."""
        *first, last = [self.data_file, *(each.name for each in self.list_companions(spec))]
        return f"{', '.join(first)} and {last}" if first else last

    def write_script(self, spec: ExperimentSpec, collection: Any) -> str:
        """Return a Python script that trains what a run trains, and predicts what it predicts.

        It reads ``data_file`` and companions from the folder that it runs in, and needs nothing
        else of ours.

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
