"""Pairs of sequences: what is given, and what it is to be turned into."""
