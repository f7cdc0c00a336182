"""The server's own life: its services, and who gets in."""
