"""A finished translator: the model at work, and how far to trust it."""
