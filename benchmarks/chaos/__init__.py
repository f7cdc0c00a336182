"""What is done to the app on purpose, and what must survive it: a module for each suite."""
