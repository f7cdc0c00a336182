from __future__ import annotations

import json
from typing import Any

from lstm_core.spec import ExperimentSpec, parse_spec
from tests.commands.terminal import Terminal


def test_the_default_spec_is_printed(terminal: Terminal) -> None:
    answer = terminal("spec")
    assert (answer.status, answer.stderr) == (0, "")
    assert parse_spec(answer.stdout) == ExperimentSpec()


def test_every_field_of_the_schema_is_described(terminal: Terminal) -> None:
    schema = json.loads(terminal("spec", "--schema").stdout)
    sections: dict[str, Any] = {"experiment": schema, **schema["$defs"]}
    assert {"SeriesDataSpec", "ForecastingSpec", "ModelSpec", "TrainingSpec"} <= set(sections)
    for section, content in sections.items():
        assert content["additionalProperties"] is False
        for name, field in content["properties"].items():
            assert field.get("description", "").endswith("."), f"{section}.{name}"
