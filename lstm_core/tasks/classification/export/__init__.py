"""A run that says labels, as code that anybody can run, and the items beside it.

Written from the spec alone; nothing here loads Keras.
"""
