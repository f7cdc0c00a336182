"""What the program does, compared with what it did: ``python -m tests.goldens``.

Prints each place that is otherwise, and fails if there is one. ``--write`` makes what it does now
the measure, after printing the same. ``--only TEXT`` takes some, and ``--quick`` leaves out those
that take minutes: they are compared or, on the machine that wrote the rest, written.
"""

from __future__ import annotations

import argparse
import sys

from tests.engines import prepare_engines
from tests.goldens.stored import MACHINE, write_json


def main() -> int:
    """Return 0 where all is as it was, or was written."""
    parser = argparse.ArgumentParser(prog="tests.goldens", description=__doc__.splitlines()[0])
    parser.add_argument("--write", action="store_true", help="make what is so now the measure")
    parser.add_argument("--only", default="", metavar="TEXT", help="those whose name contains it")
    parser.add_argument("--quick", action="store_true", help="leave out what takes minutes")
    chosen = parser.parse_args()
    prepare_engines()
    from tests.goldens.collection import GOLDENS, is_same_machine
    from tests.goldens.machine import describe_machine

    if chosen.write and (chosen.only or chosen.quick) and not is_same_machine():
        parser.error("on another machine, goldens are written all together")

    num_different = 0
    for name, golden in GOLDENS.items():
        if chosen.only not in name or (chosen.quick and golden.is_long):
            continue
        different = golden.write() if chosen.write else golden.find_differences()
        num_different += bool(different)
        print(f"{name}: {f'{len(different)} places differ' if different else 'the same'}")
        for line in different:
            print(f"  {line}")
        sys.stdout.flush()
    if chosen.write:
        write_json(MACHINE, describe_machine())
        return 0
    return min(num_different, 1)


if __name__ == "__main__":
    sys.exit(main())
