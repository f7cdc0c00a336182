"""Which data and which spec: what ``fit``, ``race`` and ``search`` are told in the same words."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from typing import Any

from lstm_core.commands.arguments.files import name_files, read_file, read_files
from lstm_core.commands.telling.output import print_collection
from lstm_core.data.bringing import Brought, find_bringing
from lstm_core.data.bringing import list_options as list_data_options
from lstm_core.errors import DataError, SpecError
from lstm_core.spec import ExperimentSpec, name_file, parse_setting, parse_spec
from lstm_core.spec.options import Option
from lstm_core.tasks.kind import TaskKind
from lstm_core.tasks.registry import find_kind, get_kind, list_kinds


def add_experiment_options(
    parser: argparse.ArgumentParser, *, data_is_optional: bool = False
) -> None:
    """Add what says which data and which spec; ``make_spec`` and ``bring_data`` read it."""
    parser.add_argument(
        "data",
        metavar="DATA",
        nargs="*" if data_is_optional else "+",
        help="a file, several, or a folder; with --source, names such as AAPL",
    )
    parser.add_argument("--task", metavar="KIND", help=f"what is asked: {', '.join(list_kinds())}")
    for name, options in _gather_options().items():
        help = "; or ".join(dict.fromkeys(option.help for option in options))
        keywords: dict[str, Any] = {"metavar": options[0].metavar, "help": help}
        if options[0].is_repeated:
            keywords |= {"action": "append", "default": []}
        if options[0].is_number:
            keywords["type"] = int
        parser.add_argument(f"--{name}", **keywords)
    parser.add_argument("--spec", metavar="FILE", help="start from this spec")
    parser.add_argument("--set", action="append", default=[], metavar="section.key=value")
    parser.add_argument("--json", action="store_true", help="print one JSON object")


def make_spec(arguments: argparse.Namespace) -> ExperimentSpec:
    """Put file, options and settings together; later ones win.

    Raises:
        SpecError: there is no such task, an option belongs to another, or a value is refused.
    """
    spec = parse_spec(read_file(arguments.spec)) if arguments.spec else ExperimentSpec()
    settings = dict(parse_setting(text) for text in arguments.set)
    kind = get_kind(arguments.task or settings.get("task.kind") or spec.task.kind)
    values: dict[str, Any] = {"task.kind": kind.key, "data.kind": kind.data_kind}
    said = read_options(arguments, kind) | settings
    bringing = find_bringing(kind.data_kind)
    if said.get("data.source", bringing.FILE_SOURCE) == bringing.FILE_SOURCE:
        name = name_file(name_files(arguments.data))
    else:
        name = ", ".join(arguments.data)
    values |= {f"data.{key}": value for key, value in bringing.begin_section(name).items()}
    return spec.with_values(values | said)


def bring_data(arguments: argparse.Namespace, spec: ExperimentSpec) -> Brought:
    """Read the files, or ask the source that the spec names.

    Raises:
        StudioError: they can't be used as the spec says, or the source has nothing.
    """
    bringing = find_bringing(spec.data.kind)
    is_from_files = spec.data.source == bringing.FILE_SOURCE
    files = read_enough(arguments.data, spec) if is_from_files else []
    return bringing.bring(spec.data, files)


def read_enough(paths: Sequence[str], spec: ExperimentSpec) -> list[Any]:
    """Return the files, unless there are more than the kind of data is read from."""
    files = read_files(paths)
    most = find_bringing(spec.data.kind).MOST_FILES
    if most is not None and len(files) > most:
        raise DataError(
            f"There are {len(files):,} files, and {find_kind(spec).key} reads one.",
            "Give the one with the data.",
        )
    return files


def print_summary(brought: Brought, spec: ExperimentSpec, notes: Sequence[str] = ()) -> None:
    """Say on stderr what was read and what is predicted; the spec is filled in."""
    kind = find_kind(spec)
    cautions = kind.list_cautions(spec, brought.collection)
    print_collection(
        brought.collection,
        [*brought.guesses, *notes, *cautions],
        then=f"; {kind.say_aim(spec, brought.collection)}",
    )


def _gather_options() -> dict[str, list[Option]]:
    """Return all options of all kinds of data and of all tasks, by name."""
    tasks = (option for key in list_kinds() for option in get_kind(key).options)
    found: dict[str, list[Option]] = {}
    for option in (*list_data_options(), *tasks):
        found.setdefault(option.name, []).append(option)
    return found


def read_options(arguments: argparse.Namespace, kind: TaskKind) -> dict[str, Any]:
    """Return the settings that the options name.

    Raises:
        SpecError: one is another task's.
    """
    own = {option.name: option for option in _list_own(kind)}
    values = {}
    for name in _gather_options():
        said = getattr(arguments, name)
        if said is None or said == []:
            continue
        if name not in own:
            others = [
                key
                for key in list_kinds()
                if name in {each.name for each in _list_own(get_kind(key))}
            ]
            raise SpecError(
                f'The task "{kind.key}" has no --{name}.',
                f"Leave it out, or give --task {' or '.join(others)}.",
            )
        values[own[name].setting] = said
    return values


def _list_own(kind: TaskKind) -> tuple[Option, ...]:
    return (*find_bringing(kind.data_kind).OPTIONS, *kind.options)
