"""``python -m benchmarks``: every measurement, one JSON line each."""

from __future__ import annotations

from benchmarks import epoch_cost, first_epoch, first_view


def main() -> None:
    for benchmark in (epoch_cost, first_epoch, first_view):
        benchmark.main()


if __name__ == "__main__":
    main()
