"""What came of a search: scores, how it stands, its end and its verdict."""
