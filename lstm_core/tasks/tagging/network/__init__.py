"""The network that says tags: what stands around the encoder, and what it makes small."""
