"""A network layer by layer: drawn, counted, explained."""
