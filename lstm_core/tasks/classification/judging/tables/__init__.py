"""The tables behind a result: what was taken for what, how surely, and where it errs."""
