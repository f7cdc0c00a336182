"""Sequences and what they are turned into: a table, two files, or a sample."""
