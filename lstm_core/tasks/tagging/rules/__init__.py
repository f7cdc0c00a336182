"""What suits sequences of a kind: how they are read, the network, and how it learns."""
