"""The formats of files: each read into a ``TaggedSource``."""
