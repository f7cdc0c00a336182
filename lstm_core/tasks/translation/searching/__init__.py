"""How a translation is found, unit by unit."""
