"""Sequences with a tag for each step: words of a sentence, rows of a recording."""
