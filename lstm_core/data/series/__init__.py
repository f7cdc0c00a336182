"""Regular tables over time: from rows with roles to a ``Dataset``."""
