"""Classification: each item, a sequence, gets one label."""
