"""A run that forecasts, as code that anybody can run, and the table beside it.

Written from the spec alone; nothing here loads Keras.
"""
