"""What may be wrong with a model that writes, with evidence."""
