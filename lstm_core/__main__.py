"""The command line: ``python -m lstm_core``.

Exit status: 0 done, 1 the run failed, 2 the input was refused (one plain line on stderr).
"""

from __future__ import annotations

import argparse
import os
import sys
from typing import NoReturn

from lstm_core.errors import StudioError

DONE, FAILED, REFUSED = 0, 1, 2


class _Parser(argparse.ArgumentParser):
    """Refuses in one line."""

    def error(self, message: str) -> NoReturn:
        self.exit(REFUSED, f"{self.prog}: {message}; try --help\n")


def main(arguments: list[str] | None = None) -> int:
    """Carry out one command and return the exit status."""
    os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "2")
    # One module a command: each loads only what it needs.
    from lstm_core.commands import fit, forecast, runs, spec, worker
    from lstm_core.commands.faults import log_fault
    from lstm_core.commands.output import make_printable

    parser = _Parser(prog="lstm_core", description="LSTM Studio without a browser.")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    for command in (fit, forecast, runs, spec, worker):
        command.add_parser(commands)
    chosen = parser.parse_args(arguments)
    try:
        return int(chosen.run(chosen))
    except StudioError as error:
        print(make_printable(str(error)), file=sys.stderr)
        return REFUSED
    except Exception as fault:  # a defect of ours: a sentence for the person, the rest for the log
        print(log_fault(fault), file=sys.stderr)
        return FAILED


if __name__ == "__main__":
    sys.exit(main())
