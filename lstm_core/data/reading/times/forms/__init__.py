"""How a date or a time is written, and what it then says."""
