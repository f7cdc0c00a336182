"""A run that says tags, as a program."""
