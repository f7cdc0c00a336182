"""How running texts come from files of any kind."""
