"""Sequences: files of many formats, or a sample."""
