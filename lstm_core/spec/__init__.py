"""What to do, as data: the form, the file, the command line and the worker all speak it.

A field that is ``None`` means "read it from the data's own profile";
``tasks.forecasting.defaults`` fills it in and says why.
"""

from lstm_core.spec.data import ROW_ORDER, DataSpec, name_file
from lstm_core.spec.experiment import (
    SCHEMA_VERSION,
    SECTIONS,
    ExperimentSpec,
    list_changes,
    parse_setting,
    parse_spec,
    read_setting,
)
from lstm_core.spec.forecast import BacktestSpec, ForecastSpec
from lstm_core.spec.model import Architecture, ModelSpec
from lstm_core.spec.section import Section
from lstm_core.spec.training import SEEDS_OF_PRESETS, Preset, TrainingSpec

__all__ = [
    "ROW_ORDER",
    "SCHEMA_VERSION",
    "SECTIONS",
    "SEEDS_OF_PRESETS",
    "Architecture",
    "BacktestSpec",
    "DataSpec",
    "ExperimentSpec",
    "ForecastSpec",
    "ModelSpec",
    "Preset",
    "Section",
    "TrainingSpec",
    "list_changes",
    "name_file",
    "parse_setting",
    "parse_spec",
    "read_setting",
]
