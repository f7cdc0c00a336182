"""Which steps of an item spoke for its label."""
