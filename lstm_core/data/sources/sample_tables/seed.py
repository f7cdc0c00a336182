"""Where all computed samples begin: another number would change every result shown on them."""

SEED = 20_240_229
