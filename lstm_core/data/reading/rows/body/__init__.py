"""Where in a text the table stands, and its rows."""
