"""Sequences with a tag for each step: files of many formats, or a sample."""
