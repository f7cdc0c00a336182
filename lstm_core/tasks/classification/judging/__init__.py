"""How good the labels and their probabilities are, on items that were kept apart."""
