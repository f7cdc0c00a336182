"""From files to pairs."""
