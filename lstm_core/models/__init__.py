"""Encoders: networks that turn a window into a state. Backend-neutral Keras 3."""
