"""What of running texts is learnt from, and what is kept apart."""
