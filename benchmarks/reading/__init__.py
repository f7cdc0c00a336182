"""How many files in the style of everyday programs are read as a careful person reads them."""
