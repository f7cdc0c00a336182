"""Shapes and costs of networks in words."""

from __future__ import annotations

from collections.abc import Sequence


def say_count(count: int, one: str, several: str = "") -> str:
    """``"1 unit"``, ``"12,345 units"``."""
    return f"{count:,} {one if count == 1 else several or one + 's'}"


def say_flops(flops: int) -> str:
    """``"850 FLOP"``, ``"1.2 MFLOP"``."""
    return _scale(flops, 1_000, ("FLOP", "kFLOP", "MFLOP", "GFLOP", "TFLOP", "PFLOP"))


def say_bytes(num_bytes: int) -> str:
    """``"35 MB"``; a thousand to a thousand."""
    return _scale(num_bytes, 1_000, ("bytes", "kB", "MB", "GB", "TB"))


def say_brief_seconds(seconds: float) -> str:
    """``"0.08 s"``, ``"4.2 s"``, ``"75 s"``: for what is compared rather than waited for."""
    return f"{seconds:.2g} s" if seconds < 10 else f"{seconds:,.0f} s"


def say_shape(shape: Sequence[int]) -> str:
    """``"150 steps × 64 values"``, ``"64 values"``."""
    if len(shape) == 1:
        return say_count(shape[0], "value")
    return f"{say_count(shape[0], 'step')} × {say_count(shape[1], 'value')}"


def _scale(amount: float, base: int, units: Sequence[str]) -> str:
    for unit in units:
        if amount < base or unit == units[-1]:
            break
        amount /= base
    return f"{amount:.2g} {unit}" if amount < 10 and unit != units[0] else f"{amount:,.0f} {unit}"
