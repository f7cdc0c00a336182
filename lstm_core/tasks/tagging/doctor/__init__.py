"""What may be wrong with a tagger, with evidence."""
