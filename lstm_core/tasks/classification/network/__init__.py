"""The network that says labels: what stands around the encoder, and what it makes small."""
