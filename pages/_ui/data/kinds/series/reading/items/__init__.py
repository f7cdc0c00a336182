"""The items of a reading plan: what each is called, and what else it could be."""
