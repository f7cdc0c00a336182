"""How the pre-trained network is scored, on series whose forecast is known."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from benchmarks.pretrained import __main__ as command
from benchmarks.pretrained.__main__ import main, predict_with, score_kind, score_walks
from benchmarks.pretrained.kinds import Kind, load_kinds
from benchmarks.pretrained.trials import (
    FEW_RULES,
    TRIALS,
    hide_lstm,
    hide_rules,
    predict,
    shorten,
)
from lstm_core.tasks.forecasting.baselines.smoothing import fit_theta
from lstm_core.tasks.forecasting.pretrained.describing import PATCH, describe
from lstm_core.tasks.forecasting.pretrained.packing import pack
from lstm_core.tasks.forecasting.pretrained.rules.candidates import RULES
from tests.tasks.forecasting.pretrained.untrained import make_untrained

PAST = np.array([1.0, 5.0, 3.0, 9.0, 4.0, 6.0, 7.0, 8.0, 5.0, 9.0])
KIND = Kind("few", [PAST, 10 * PAST], np.array([[7.0, 8.0], [70.0, 80.0]]), (4,), 1, limit=1e9)


def test_errors_are_measured_in_usual_changes_and_each_series_counts_alike() -> None:
    medians = np.array([[7.0, 9.0], [70.0, 90.0]])
    usual = np.abs(np.diff(PAST)).mean()
    assert KIND.measure_mase(medians) == pytest.approx([0.5 / usual, 0.5 / usual])
    assert KIND.measure_smape(medians) == pytest.approx(100 * 1 / 17)
    assert KIND.measure_held(medians, medians) == 0.5


@pytest.fixture
def public(tmp_path: Path) -> Path:
    """A folder with files like those of the competitions, two short series of each kind."""
    rows = [
        {"kind": kind, "series": f"{kind}{number}", "period": period, "value": value, "part": part}
        for kind, period in (("yearly", 1), ("quarterly", 4), ("monthly", 12), ("other", 1))
        for number in range(2)
        for part, length in (("train", 30), ("test", 6))
        for value in np.arange(length) % 7 + number
    ]
    table = pd.DataFrame(rows)
    table.to_csv(tmp_path / "m3_half.csv.gz", index=False)
    one = table[table["kind"] == "monthly"]
    one.to_csv(tmp_path / "m4_weekly_half.csv.gz", index=False)
    one.to_csv(tmp_path / "m4_hourly.csv.gz", index=False)
    return tmp_path


def test_every_competition_is_cut_where_it_was(public: Path) -> None:
    kinds = {kind.name: kind for kind in load_kinds(public)}
    assert list(kinds) == ["yearly", "quarterly", "monthly", "other", "weekly", "hourly"]
    assert [len(past) for past in kinds["yearly"].pasts] == [30, 30]
    assert kinds["hourly"].futures.shape == (2, 6)
    assert kinds["hourly"].seasons == (24, 168)


def test_a_missed_limit_is_an_exit_status(
    public: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(command, "MOST_SECONDS", {1: 1e9, 3: 0.0})
    path = public / "chance.npz"
    path.write_bytes(pack(make_untrained().members, {}))

    with pytest.raises(SystemExit) as ended:
        main(["--data", str(public), "--weights", str(path), "--sample", "0"])

    assert ended.value.code == 1
    report = json.loads(capsys.readouterr().out)
    assert report["version"] == "chance"
    assert {"time of 3 monthly", "time of 3 quarter-hourly"} <= set(report["missed"])
    assert "time of 1 monthly" not in report["missed"]


def test_a_kind_holds_where_its_error_and_its_range_do() -> None:
    found = score_kind(KIND, make_untrained(), sample=2)
    assert found["series"] == found["sample"]["series"] == 2
    assert found["sample"]["network"] == found["mase"]
    assert found["holds"] is (0.76 <= found["held_80"] <= 0.84)
    assert not score_kind(replace(KIND, limit=0.0), make_untrained(), sample=0)["holds"]


def test_a_fitted_rule_predicts_what_came_for_the_sample() -> None:
    line = np.arange(40.0)
    kind = Kind("line", [line], np.array([[40.0, 41.0, 42.0]]), (), 1, 1.0)
    assert predict_with(fit_theta, kind, 0) == pytest.approx([40, 41, 42], abs=2)


def test_walks_are_the_same_each_time() -> None:
    assert score_walks(make_untrained()) == score_walks(make_untrained()) > 1


def test_what_a_trial_hides_is_gone() -> None:
    told = describe(KIND.histories, np.array([1, 2]))
    assert not hide_lstm(told).inputs.any()
    few = hide_rules(told)
    said = {RULES[k]: told.candidates[..., k] for k in range(len(RULES))}
    for number in range(len(RULES)):
        assert any((few.candidates[..., number] == said[name]).all() for name in FEW_RULES)
    assert few.queries.shape == told.queries.shape
    assert not few.tried.any()
    short = shorten(8)(told)
    assert not short.inputs[:, : -8 // PATCH].any()
    assert (short.inputs[:, -8 // PATCH :] == told.inputs[:, -8 // PATCH :]).all()


def test_trials_have_names_of_their_own_and_answer_as_the_app_does() -> None:
    assert len({trial.name for trial in TRIALS}) == len(TRIALS)
    pretrained = make_untrained()
    assert predict(pretrained, KIND).shape == (2, 2)
