"""What to do, as data: the form, the file, the command line and the worker all speak it.

A field that is ``None`` means "read it from the data's own profile";
``tasks.forecasting.defaults`` fills it in and says why.
"""

from lstm_core.spec.experiment import (
    SECTIONS,
    ExperimentSpec,
    describe_setting,
    hash_content,
    list_changes,
    list_fields,
    list_settings,
    parse_setting,
    parse_spec,
    read_setting,
)
from lstm_core.spec.model import Architecture, ModelSpec
from lstm_core.spec.section import Section
from lstm_core.spec.series import ROW_ORDER, SeriesDataSpec, name_file
from lstm_core.spec.tasks.forecasting import ForecastingSpec
from lstm_core.spec.training import SEEDS_OF_PRESETS, Preset, TrainingSpec
from lstm_core.spec.upgrades import SCHEMA_VERSION

__all__ = [
    "ROW_ORDER",
    "SCHEMA_VERSION",
    "SECTIONS",
    "SEEDS_OF_PRESETS",
    "Architecture",
    "ExperimentSpec",
    "ForecastingSpec",
    "ModelSpec",
    "Preset",
    "Section",
    "SeriesDataSpec",
    "TrainingSpec",
    "describe_setting",
    "hash_content",
    "list_changes",
    "list_fields",
    "list_settings",
    "name_file",
    "parse_setting",
    "parse_spec",
    "read_setting",
]
