"""The network around the encoder: what windows go through before it, and what answers behind."""
