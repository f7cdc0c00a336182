"""Samples of tagged sequences: computed by a program, the same on every machine."""
