"""A run as code that anybody can run: a plain Keras script, a notebook, and the data beside them.

Written from the spec alone; nothing here loads Keras.
"""

from lstm_core.export.data_file import DATA_FILE, write_data
from lstm_core.export.notebook import write_notebook
from lstm_core.export.script import write_script

__all__ = ["DATA_FILE", "write_data", "write_notebook", "write_script"]
