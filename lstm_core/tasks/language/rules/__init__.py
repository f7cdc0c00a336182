"""What suits a text: its units, the network, and how it learns."""
