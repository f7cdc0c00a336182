"""What columns hold, and which part each of them has."""
