"""What ``Forecasting.load_exporter`` gives."""

from lstm_core.export.exporter import Exporter
from lstm_core.tasks.forecasting.export.data_file import DATA_FILE, write_data
from lstm_core.tasks.forecasting.export.program import write_program

EXPORTER = Exporter("forecast", DATA_FILE, write_program, write_data)
