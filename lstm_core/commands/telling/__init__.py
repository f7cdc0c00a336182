"""What commands print: results, progress, and what went wrong."""
