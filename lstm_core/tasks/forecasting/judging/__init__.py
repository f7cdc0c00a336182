"""What the test part says of a model, beside its baselines."""
