"""Architectures against each other: the same folds, the same budget, several seeds each."""
