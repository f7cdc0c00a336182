"""A run as code that anybody can run: a plain Keras script, a notebook, and the data beside them.

Here stands what all tasks share; each brings an ``Exporter``, which its ``TaskKind`` loads.
Nothing here loads Keras.
"""
