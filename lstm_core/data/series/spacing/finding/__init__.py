"""How the spacing of a series is found from its own times."""
