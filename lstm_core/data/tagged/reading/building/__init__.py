"""From a table of steps to a collection: cut into sequences, cleaned, checked, told."""
