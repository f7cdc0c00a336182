"""From a table whose columns have their parts to a collection."""
