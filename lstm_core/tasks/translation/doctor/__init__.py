"""What may be wrong with a translator, with evidence."""
