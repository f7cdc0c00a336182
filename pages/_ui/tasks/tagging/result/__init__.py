"""A finished tagger: the model at work, and how far to trust it."""
