"""How a model that writes is judged: by how surprised it is by text that it never read."""
