"""Measurements. ``python -m benchmarks`` takes all; each prints one JSON line.

They compare side by side, in turn, within one call: machines drift, ratios hold.
"""
