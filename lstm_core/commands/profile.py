"""``profile``: what a file holds, how it was read, and what it leaves to be asked."""

from __future__ import annotations

import argparse
import json
import shlex
from typing import Any

from lstm_core.commands.arguments.files import name_files, read_file
from lstm_core.commands.telling.output import make_printable, print_json, stdout_to_stderr
from lstm_core.data.profiling.as_json import profile_to_json
from lstm_core.data.profiling.file_profile import FileProfile, profile_file
from lstm_core.data.reading.telling import Question
from lstm_core.data.series.summary import describe_dataset
from lstm_core.data.wording import count_words, list_names
from lstm_core.spec import ExperimentSpec, name_file, parse_setting

_DONE, _REFUSED = 0, 2
_MOST_TOLD = 10


def add_parser(commands: Any) -> None:
    parser = commands.add_parser("profile", help="say what a file holds and how it is read")
    parser.add_argument("file", metavar="FILE")
    parser.add_argument(
        "--target", action="append", default=[], metavar="NAME", help="the column to predict"
    )
    parser.add_argument(
        "--set", action="append", default=[], metavar="data.reading.key=value", help="read it so"
    )
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    parser.add_argument("--values", action="store_true", help="with the values of the targets")
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Print the profile; return 0, also where something is asked, or 2 where it is refused.

    Raises:
        StudioError: there is no such file, or a setting is refused.
    """
    values = {"data.source": "csv", "data.name": name_file(name_files([arguments.file]))}
    if arguments.target:
        values["data.targets"] = arguments.target
    values |= dict(parse_setting(text) for text in arguments.set)
    data = ExperimentSpec().with_values(values).data
    content = read_file(arguments.file)
    with stdout_to_stderr():
        profile = profile_file(content, data)
    if arguments.json:
        print_json(profile_to_json(profile, with_values=arguments.values))
    else:
        for line in _tell(profile):
            print(make_printable(line))
    return _REFUSED if profile.outcome == "refused" else _DONE


def _tell(profile: FileProfile) -> list[str]:
    lines = []
    if profile.refusal is not None:
        lines.append(str(profile.refusal))
    if profile.dataset is not None:
        summary = describe_dataset(profile.dataset)
        lines += [f"{summary.title}, {summary.first} to {summary.last}"]
        lines.append(f"Predicted: {list_names(summary.targets)}")
    lines += [remark.sentence for remark in profile.remarks]
    rows = profile.table.rows if profile.table else None
    if rows is not None and rows.num_set_aside:
        lines.append(f"Set aside: {count_words(rows.num_set_aside, 'row')}.")
        lines += [
            f"  line {each.line:,}: {each.text} ({each.reason})"
            for each in rows.set_aside[:_MOST_TOLD]
        ]
    return [*lines, *(line for asked in profile.questions for line in _ask(asked))]


def _ask(question: Question) -> list[str]:
    choices = [
        f"  --set {_write_setting(question.item, choice.value)}: {choice.label}; {choice.gives}"
        for choice in question.choices
    ]
    return [question.sentence, *choices]


def _write_setting(item: str, value: Any) -> str:
    """Return what a shell hands over as it is."""
    written = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    return shlex.quote(f"{item}={written}")
