"""The formats of files: each read into an ``ItemSource``."""
