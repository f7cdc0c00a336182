"""Fixed widths of the direct decoder, known to what builds it and to what counts it."""

KNOWN_WIDTH = 8
"""What each step is handed, beside its known-future covariates."""

MIX_WIDTH = 32
"""The layer that mixes the two."""
