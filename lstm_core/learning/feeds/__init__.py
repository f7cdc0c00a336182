"""Examples as numbers: what a network's batches are gathered from."""
