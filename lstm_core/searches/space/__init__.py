"""Where a search looks: its settings, their values, and what is proposed."""
