"""Which items are learnt from, which decide when to stop, and which are kept apart to judge."""
