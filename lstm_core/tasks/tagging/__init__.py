"""Which tag each step of a sequence has."""
