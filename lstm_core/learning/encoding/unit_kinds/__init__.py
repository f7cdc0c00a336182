"""The kinds of units that running text is made of, one a file."""
