"""A finished classification: the model at work, and how far to trust it."""
