"""Which column is given, and which is wanted."""
