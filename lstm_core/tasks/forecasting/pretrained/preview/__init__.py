"""A forecast before anything is trained: of a whole dataset, with how it would have done."""
