"""The pre-trained network beside a script: all that answers as one file, and its weights."""
