"""From a table with roles to a ``Dataset``."""
