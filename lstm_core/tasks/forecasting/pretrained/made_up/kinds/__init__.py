"""The kinds of series, each a story of where such numbers come from."""
