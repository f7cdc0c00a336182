"""The network that translates: what stands around the encoder, and what it makes small."""
