"""From a table of two sides to a collection: cleaned, checked, told."""
