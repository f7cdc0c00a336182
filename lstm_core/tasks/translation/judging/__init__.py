"""How translations are judged."""
