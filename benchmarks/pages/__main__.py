"""``python -m benchmarks.pages [NAME ...]``: one JSON line each; fails where a limit is missed."""

from __future__ import annotations

import argparse
import json
import sys

from benchmarks.pages import crowd, large_data, lists, watchers

PARTS = {"lists": lists, "watchers": watchers, "crowd": crowd, "large_data": large_data}


def main() -> None:
    """Measure what is named, or all."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.pages", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME", help=", ".join(PARTS))
    names = parser.parse_args().names or list(PARTS)
    unknown = sorted(set(names) - set(PARTS))
    if unknown:
        parser.error(f"there is no {', '.join(unknown)}")
    missed = []
    for name in names:
        part = PARTS[name]
        found = part.measure()
        limits = part.LIMITS
        beyond = [each for each, limit in limits.items() if found[each] > limit]
        missed += [f"{name}: {each}" for each in beyond]
        told = {"benchmark": f"pages.{name}", **found, "limits": limits, "missed": beyond}
        print(json.dumps(told), flush=True)
    if missed:
        sys.exit(1)


if __name__ == "__main__":
    main()
