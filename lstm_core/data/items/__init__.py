"""Labelled sequences: texts, signals and symbols, each an item of its own."""
