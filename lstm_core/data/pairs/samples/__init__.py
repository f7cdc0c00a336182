"""Pairs that are always at hand, made by program."""
