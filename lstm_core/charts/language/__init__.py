"""How a text is read and written on, in figures."""
