"""What stands in, in a file of its own, for modules that reach beyond the pre-trained network.

Nothing of ours imports these: they are read as text.
"""
