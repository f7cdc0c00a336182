"""What ``Tagging.load_exporter`` gives."""

from lstm_core.export.exporter import Exporter
from lstm_core.export.kept_code import MODEL_FILE, WEIGHTS_FILE
from lstm_core.tasks.tagging.export.data_file import DATA_FILE, write_data
from lstm_core.tasks.tagging.export.program import write_program

EXPORTER = Exporter("tag", DATA_FILE, write_program, write_data, kept=(WEIGHTS_FILE, MODEL_FILE))
