"""How one text is turned into another, in figures."""
