"""Short looks at a network: how fast it learns, at which rate, and where it looks."""
