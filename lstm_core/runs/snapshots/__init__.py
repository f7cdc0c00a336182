"""What the record hands out: frozen, without a handle to the store."""
