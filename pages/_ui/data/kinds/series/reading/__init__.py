"""How a file was read, to look at and to correct."""
