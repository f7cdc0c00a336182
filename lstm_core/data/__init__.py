"""From source bytes to a validated ``Dataset``."""
