"""LSTM Studio's core: from source bytes to an honest forecast, without a user interface.

The tree is the pipeline. Data flows one way,
``source bytes -> table -> Dataset -> WindowFeed -> model -> prediction table -> verdict``,
and imports run the other way only; ``docs/architecture.md`` draws the house.
"""

__version__ = "0.1.0"
