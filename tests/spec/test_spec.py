from __future__ import annotations

import json
import os
import subprocess
import sys
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from pydantic import ValidationError

from lstm_core.errors import SpecError
from lstm_core.spec import (
    SECTIONS,
    ExperimentSpec,
    ModelSpec,
    name_file,
    parse_setting,
    parse_spec,
)
from tests.spec.specs import experiments


class TestRoundTrip:
    @given(spec=experiments)
    def test_json_gives_the_same_experiment_back(self, spec: ExperimentSpec):
        again = parse_spec(spec.to_json())

        assert again == spec
        assert again.fingerprint == spec.fingerprint

    def test_bytes_are_read_as_well(self):
        assert parse_spec(ExperimentSpec().to_json().encode()) == ExperimentSpec()

    def test_an_empty_object_is_the_default_experiment(self):
        assert parse_spec({}) == ExperimentSpec()

    def test_every_field_says_what_it_is(self):
        schema = ExperimentSpec.model_json_schema()
        fields = [
            (name, key, field)
            for name, part in {"spec": schema, **schema["$defs"]}.items()
            for key, field in part["properties"].items()
        ]

        assert len(fields) > 25
        assert [(name, key) for name, key, field in fields if not field.get("description")] == []


class TestFingerprint:
    def test_it_ignores_the_order_of_keys(self):
        content = ExperimentSpec().model_dump(mode="json")
        turned = {
            key: dict(reversed(value.items())) if isinstance(value, dict) else value
            for key, value in reversed(content.items())
        }

        assert parse_spec(turned).fingerprint == ExperimentSpec().fingerprint

    @pytest.mark.parametrize(
        ("path", "value"),
        [("data.name", "load"), ("task.horizon", 3), ("model.units", 65), ("training.seed", 1)],
    )
    def test_every_section_counts(self, path: str, value: Any):
        changed = ExperimentSpec().with_values({path: value})

        assert changed.fingerprint != ExperimentSpec().fingerprint

    def test_a_part_of_a_section_is_set_alone(self):
        values = {"data.reading.decimal": ",", "data.download.start": "2024-02-29"}
        data = ExperimentSpec().with_values(values).data

        assert (data.reading.decimal, data.download.start) == (",", date(2024, 2, 29))
        assert data.reading.thousands is None
        assert parse_spec(ExperimentSpec(data=data).to_json()).data == data

    @pytest.mark.parametrize(
        ("path", "said"),
        [
            ("data.reading.decimale", 'Did you mean "decimal"'),
            ("data.readin.decimal", 'Did you mean "reading"'),
            ("data.name.first", "holds a value"),
        ],
    )
    def test_a_part_that_is_not_there_is_named(self, path: str, said: str):
        with pytest.raises(SpecError, match=said):
            ExperimentSpec().with_values({path: ","})

    def test_it_is_the_same_in_another_process(self):
        program = "from lstm_core.spec import ExperimentSpec; print(ExperimentSpec().fingerprint)"
        other = subprocess.run(
            [sys.executable, "-c", program],
            env={**os.environ, "PYTHONHASHSEED": "7", "PYTHONPATH": os.pathsep.join(sys.path)},
            capture_output=True,
            text=True,
            check=True,
        )

        assert other.stdout.strip() == ExperimentSpec().fingerprint


class TestFrozen:
    def test_a_section_cannot_be_replaced(self):
        with pytest.raises(ValidationError, match="frozen"):
            ExperimentSpec().model = ModelSpec(units=1)  # type: ignore[misc]

    def test_a_value_cannot_be_changed(self):
        with pytest.raises(ValidationError, match="frozen"):
            ExperimentSpec().model.units = 1  # type: ignore[misc]


class TestRefusals:
    @pytest.mark.parametrize(
        ("content", "expected"),
        [
            ({"modle": {}}, 'There is no setting "modle" in the spec. Did you mean "model"?'),
            (
                {"model": {"unit": 3}},
                'There is no setting "unit" in section "model". Did you mean "units"?',
            ),
        ],
    )
    def test_a_misspelt_key_is_answered_with_the_nearest(
        self, content: dict[str, Any], expected: str
    ):
        with pytest.raises(SpecError) as caught:
            parse_spec(content)

        assert str(caught.value) == expected

    def test_a_key_like_no_other_is_answered_with_all(self):
        with pytest.raises(SpecError, match=r"Its settings are .*learning_rate.*seed"):
            parse_spec({"training": {"zzz": 1}})

    @pytest.mark.parametrize(
        "path_and_value",
        [
            ("task.lookback", 0),
            ("task.horizon", -1),
            ("task.test_fraction", 0.5),
            ("task.validation_fraction", 0),
            ("task.kind", "palmistry"),
            ("model.architecture", "perceptron"),
            ("model.units", 2.5),
            ("model.units", "many"),
            ("model.dropout", 1),
            ("training.learning_rate", 0),
            ("training.epochs", -1),
            ("training.seed", 2**31),
            ("data.name", "x" * 201),
            ("data.reading.decimal", ";"),
            ("data.download.interval", "2d"),
        ],
    )
    def test_a_value_out_of_bounds_is_named(self, path_and_value: tuple[str, Any]):
        path, value = path_and_value

        with pytest.raises(SpecError, match=f'The setting "{path}" is refused') as caught:
            ExperimentSpec().with_values({path: value})

        assert "\n" not in str(caught.value)

    @pytest.mark.parametrize("number", ["NaN", "Infinity", "-Infinity"])
    @pytest.mark.parametrize("path", ["training.clip_norm", "model.dropout", "model.l2"])
    def test_nan_and_infinity_are_refused(self, path: str, number: str):
        section, key = path.split(".")

        with pytest.raises(SpecError, match=f'The setting "{path}" is refused'):
            parse_spec(f'{{"{section}": {{"{key}": {number}}}}}')

    @pytest.mark.parametrize("version", [0, 3, "1", None, [1], True, 1.5])
    def test_another_schema_version_is_refused(self, version: Any):
        with pytest.raises(SpecError, match="The spec has schema_version") as caught:
            parse_spec({"schema_version": version})

        assert "Use the version of LSTM Studio that wrote it" in caught.value.remedy

    @pytest.mark.parametrize("text", ["", "{", "not json", b"\xff\xfe"])
    def test_text_that_is_no_json_is_refused(self, text: str | bytes):
        with pytest.raises(SpecError, match="not valid JSON"):
            parse_spec(text)

    @pytest.mark.parametrize("text", ["[]", "3", '"spec"', "null"])
    def test_json_that_is_no_object_is_refused(self, text: str):
        with pytest.raises(SpecError, match="must be a JSON object"):
            parse_spec(text)

    def test_a_column_has_one_role(self):
        with pytest.raises(SpecError, match='"close" has more than one role'):
            parse_spec({"data": {"targets": ["close"], "past_covariates": ["close"]}})

    @pytest.mark.parametrize(("architecture", "layers"), [("vanilla", 2), ("stacked", 1)])
    def test_layers_fit_the_architecture(self, architecture: str, layers: int):
        with pytest.raises(SpecError, match=f'"{architecture}" has'):
            parse_spec({"model": {"architecture": architecture, "layers": layers}})


class TestWithValues:
    def test_the_original_stays(self):
        spec = ExperimentSpec()

        changed = spec.with_values({"model.units": 8, "training.epochs": 2})

        assert (changed.model.units, changed.training.epochs) == (8, 2)
        assert spec == ExperimentSpec()

    @pytest.mark.parametrize("path", ["modle.units", "units", "schema_version", ""])
    def test_an_unknown_section_names_the_known(self, path: str):
        with pytest.raises(SpecError, match=f'There is no setting "{path}"') as caught:
            ExperimentSpec().with_values({path: 1})

        assert all(section in caught.value.remedy for section in SECTIONS)

    def test_an_unknown_key_is_answered_with_the_nearest(self):
        with pytest.raises(SpecError, match='Did you mean "learning_rate"'):
            ExperimentSpec().with_values({"training.learning_rat": 1})


class TestParseSetting:
    @pytest.mark.parametrize(
        ("text", "expected"),
        [
            ("model.units=32", ("model.units", 32)),
            ("training.learning_rate=1e-2", ("training.learning_rate", 0.01)),
            ("training.patience=null", ("training.patience", None)),
            ('data.targets=["a", "b"]', ("data.targets", ["a", "b"])),
            ("model.architecture=gru", ("model.architecture", "gru")),
            (" data.name =a=b", ("data.name", "a=b")),
            ("data.name=", ("data.name", "")),
        ],
    )
    def test_values_are_json_where_they_can_be(self, text: str, expected: tuple[str, Any]):
        assert parse_setting(text) == expected

    def test_text_without_an_equals_sign_is_refused(self):
        with pytest.raises(SpecError, match="sets nothing"):
            parse_setting("model.units")

    @given(spec=experiments)
    def test_what_json_shows_can_be_set_again(self, spec: ExperimentSpec):
        content = spec.model_dump(mode="json")
        settings = dict(
            parse_setting(f"{section}.{key}={json.dumps(value)}")
            for section in SECTIONS
            for key, value in content[section].items()
        )

        assert ExperimentSpec().with_values(settings) == spec


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("sales.csv", "sales.csv"),
        ("a" * 201, "a" * 200),
        ("\u00e9" * 300, "\u00e9" * 200),
        ("sales\udce9.csv", "sales?.csv"),  # how Python spells a byte of another encoding
    ],
)
def test_any_name_of_a_file_can_be_kept(name: str, kept: str):
    spec = ExperimentSpec().with_values({"data.name": name_file(name)})

    assert spec.data.name == kept
    assert parse_spec(spec.to_json()) == spec


def test_a_single_column_needs_no_list():
    spec = ExperimentSpec().with_values({"data.targets": "sales", "data.past_covariates": "price"})

    assert (spec.data.targets, spec.data.past_covariates) == (("sales",), ("price",))


def test_the_calendar_has_no_order_and_no_duplicates() -> None:
    spec = ExperimentSpec().with_values({"task.calendar": ["year_day", "hour", "year_day"]})
    assert spec.task.calendar == ("hour", "year_day")
    again = ExperimentSpec().with_values({"task.calendar": ["hour", "year_day"]})
    assert spec.fingerprint == again.fingerprint
    with pytest.raises(SpecError, match=r"task\.calendar"):
        ExperimentSpec().with_values({"task.calendar": ["minute"]})
