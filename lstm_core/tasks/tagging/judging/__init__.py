"""How tags are judged: by the entities that they mark, or by each tag."""
