"""Translation: a sequence into another."""
