"""What is done by an engine's own means, where Keras's way to it costs too much.

The one place that names an engine. The numbers are Keras's; what a layer or an optimizer of ours
asks of an engine has Keras's own way beside it, for the engines that have nothing better.
"""
