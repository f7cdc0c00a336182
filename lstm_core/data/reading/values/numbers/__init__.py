"""Numbers in every way of writing them: their shapes, their marks, what stands beside them."""
