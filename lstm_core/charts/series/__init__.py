"""What a series is like, before anything is learnt from it."""
