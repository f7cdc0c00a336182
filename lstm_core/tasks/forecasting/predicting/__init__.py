"""From trained networks to predictions with ranges, in the units of the data."""
