"""The tables of the record, and the engine that keeps them."""
