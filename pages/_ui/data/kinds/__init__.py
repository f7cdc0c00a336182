"""How each kind of collection is brought and loaded on the pages, a folder each."""
