"""What ``Translation.load_exporter`` gives."""

from lstm_core.export.exporter import Exporter
from lstm_core.export.kept_code import MODEL_FILE, WEIGHTS_FILE
from lstm_core.tasks.translation.export.data_file import DATA_FILE, write_data
from lstm_core.tasks.translation.export.program import write_program

EXPORTER = Exporter(
    "translate", DATA_FILE, write_program, write_data, kept=(WEIGHTS_FILE, MODEL_FILE)
)
