"""How good it is: on public data, and where the answer is known."""
