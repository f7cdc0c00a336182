"""The command line: ``python -m lstm_core``.

Exit status: 0 done, 1 the run failed, 2 the input was refused (one plain line on stderr).
"""

from __future__ import annotations

import argparse
import os
import sys
from importlib import import_module
from typing import NoReturn

from lstm_core.errors import StudioError
from lstm_core.machine import importing_much

DONE, FAILED, REFUSED = 0, 1, 2

COMMANDS = (
    "fit",
    "forecast",
    "predict",
    "preview",
    "profile",
    "race",
    "runs",
    "search",
    "searcher",
    "spec",
    "worker",
    "write",
    "translate",
)


class _Parser(argparse.ArgumentParser):
    """Refuses in one line."""

    def error(self, message: str) -> NoReturn:
        self.exit(REFUSED, f"{self.prog}: {message}; try --help\n")


def main(arguments: list[str] | None = None) -> int:
    """Carry out one command and return the exit status."""
    os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "2")
    arguments = sys.argv[1:] if arguments is None else arguments
    parser = _Parser(prog="lstm_core", description="LSTM Studio without a browser.")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    # A command that is named loads nothing of the others: a worker's start is waited for.
    named = [name for name in COMMANDS if name in arguments[:1]]
    with importing_much():
        for name in named or COMMANDS:
            import_module(f"lstm_core.commands.{name}").add_parser(commands)
    chosen = parser.parse_args(arguments)
    try:
        status = int(chosen.run(chosen))
        sys.stdout.flush()
        return status
    except StudioError as error:
        from lstm_core.commands.telling.output import make_printable

        print(make_printable(str(error)), file=sys.stderr)
        return REFUSED
    except Exception as fault:
        from lstm_core.commands.telling.listening import fall_silent, is_unheard

        if isinstance(fault, BrokenPipeError) and is_unheard():  # `runs | head`
            fall_silent()
            return DONE
        # A defect of ours: a sentence for the person, the rest for the log.
        from lstm_core.commands.telling.faults import log_fault

        print(log_fault(fault), file=sys.stderr)
        return FAILED


if __name__ == "__main__":
    sys.exit(main())
