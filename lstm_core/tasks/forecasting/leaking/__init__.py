"""Columns that tell what is to be predicted: found in the training part, before anything learns."""
