"""The network that says labels, and what it makes small."""
