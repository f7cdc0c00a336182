"""``spec``: the default spec, or the schema that describes every field."""

from __future__ import annotations

import argparse
import json
from typing import Any

from lstm_core.spec import ExperimentSpec


def add_parser(commands: Any) -> None:
    parser = commands.add_parser("spec", help="print the default spec")
    parser.add_argument("--schema", action="store_true", help="print its JSON schema instead")
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    if arguments.schema:
        print(json.dumps(ExperimentSpec.model_json_schema(), indent=2))
    else:
        print(ExperimentSpec().to_json())
    return 0
