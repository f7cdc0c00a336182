"""What ``Forecasting.load_exporter`` gives."""

from lstm_core.data.series.dataset import Dataset
from lstm_core.export.exporter import Exporter
from lstm_core.export.program import Program
from lstm_core.spec import ExperimentSpec
from lstm_core.tasks.forecasting.export import program
from lstm_core.tasks.forecasting.export.data_file import DATA_FILE, write_data
from lstm_core.tasks.forecasting.export.pretrained import program as pretrained_program
from lstm_core.tasks.forecasting.export.pretrained.companions import list_companions


def write_program(spec: ExperimentSpec, dataset: Dataset) -> Program:
    """Write a run as steps: those of what trains, or of what comes trained.

    Raises:
        SpecError, DataError: as either.
    """
    room = pretrained_program if spec.model.comes_trained else program
    return room.write_program(spec, dataset)


EXPORTER = Exporter(
    "forecast", DATA_FILE, write_program, write_data, list_companions=list_companions
)
