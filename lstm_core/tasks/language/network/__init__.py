"""The network that says which unit comes next."""
