"""A search over settings: where it looks, who says what to try next, and what came of it.

``space`` says which spaces can be searched and what a point of one makes of a spec, ``points``
lists and counts them, ``default_space`` proposes one. ``advisor`` is asked for the next point and
told its score; it loads Keras Tuner, and only the search's own process loads that.
"""
