"""How items become steps: words, characters or runs of symbols by number, or scaled numbers."""
