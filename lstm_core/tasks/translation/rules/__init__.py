"""What suits pairs, told from the training part."""
