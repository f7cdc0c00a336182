"""One file's outcome."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from benchmarks.reading.expected import Expected
from lstm_core.data.profiling.as_json import profile_to_json
from lstm_core.data.profiling.file_profile import profile_file
from lstm_core.spec import ExperimentSpec


def score_file(case: Expected) -> tuple[str, list[str]]:
    """Return "right", "asks", "set aside", "refused rightly", "refused", "misread" or "fault".

    The second is what was found instead. Only what was not said of a file is read wrongly in
    silence: where a question has a choice that gives what is right, it "asks".
    """
    content = case.path.read_bytes()
    values: dict[str, Any] = {"data.source": "csv", "data.name": case.path.name}
    try:
        found = _profile(content, values)
        names = {column["name"] for column in found["columns"]}
        wanted = [name for name in (case.column, *case.others) if name in names]
        if wanted and (found["target"] or {}).get("name") not in wanted:
            values["data.targets"] = wanted[:1]
            found = _profile(content, values)
        return _judge(case, content, values, found)
    except Exception as error:  # what must never happen is counted, and the others go on
        return "fault", [f"{type(error).__name__}: {error}"]


def _judge(
    case: Expected, content: bytes, values: Mapping[str, Any], found: Mapping[str, Any]
) -> tuple[str, list[str]]:
    if found["outcome"] == "refused":
        said = [str(found["refusal"]["message"]), str(found["refusal"]["remedy"])]
        is_right = case.want == "refuse" or (case.want == "answer" and said[1])
        return ("refused rightly" if is_right else "refused"), said
    if case.want == "answer":
        return ("asks" if found["questions"] else "right"), []
    if case.want == "refuse":
        return "misread", ["read, and nothing in it can be"]
    faults = case.list_faults(found)
    if not faults:
        return ("asks" if found["questions"] else "right"), []
    for question in found["questions"]:
        for choice in question["choices"][1:]:
            other = _profile(content, {**values, question["item"]: choice["value"]})
            if other["outcome"] != "refused" and not case.list_faults(other):
                return "asks", faults
    if found["rows_set_aside"] and all("rows instead" in fault for fault in faults):
        return "set aside", faults
    return ("asks" if case.want == "either" and found["questions"] else "misread"), faults


def _profile(content: bytes, values: Mapping[str, Any]) -> dict[str, Any]:
    data = ExperimentSpec().with_values(values).data
    return profile_to_json(profile_file(content, data), with_values=True)
