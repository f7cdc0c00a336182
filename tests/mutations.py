"""Faults put into a copy of the tree on purpose, to see that the tests notice each of them.

``python -m tests.mutations`` breaks one place after the other and runs the tests that should
notice, as ``make test`` selects them where none is named; it prints a line for each and fails if
one was missed. ``--only NAME`` tries some of them. A place that is no longer found is a failure as
well: the fault then has to be put into what has taken its place.
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[1]
COPIED = ("app.py", "pages", "lstm_core", "tests", "benchmarks", "scripts", "pyproject.toml",
          "README.md", "CONTRIBUTING.md", "Makefile", "requirements.txt", "requirements-dev.txt",
          ".streamlit")  # fmt: skip


@dataclass(frozen=True)
class Mutation:
    """One fault.

    Attributes:
        name: what is wrong then.
        file, before, after: where, and the text that is replaced; it stands there once.
        tests: what has to notice, as pytest takes it.
        engine: that they run on.
        only: which of them, as ``pytest -k`` takes it, slow ones too; that saves the others' time.
    """

    name: str
    file: str
    before: str
    after: str
    tests: tuple[str, ...]
    engine: str = "tensorflow"
    only: str = ""


_FORECASTING = "lstm_core/tasks/forecasting"
_READING = "lstm_core/data/items/reading"

MUTATIONS = (
    Mutation(
        "who waits for an answer keeps all others waiting",
        "pages/_ui/shell/turns.py",
        "        had_one = self._has_one\n        self._give_back()\n",
        "        had_one = self._has_one\n",
        ("tests/pages/test_turns.py",),
    ),
    Mutation(
        "each trial chooses by validation for itself",
        "lstm_core/searches/plan.py",
        "self._kind.settle(spec, self.chosen)",
        "spec",
        ("tests/jobs/conducting/test_conductor.py",),
        only="chooses_by_validation",
    ),
    Mutation(
        "trials begin before it is known what holds for all",
        "lstm_core/jobs/conducting/conductor.py",
        "        if standing.awaits_choice:\n",
        "        if False:\n",
        ("tests/jobs/conducting/test_conductor.py",),
        only="chooses_by_validation",
    ),
    Mutation(
        "what was made of other content is given out",
        "lstm_core/memo.py",
        "make.__qualname__, args, kwargs)",
        "make.__qualname__, kwargs)",
        ("tests/test_memo.py",),
    ),
    Mutation(
        "a transaction that writes begins only with its first query",
        "lstm_core/runs/database/engine.py",
        "            session.connection()\n            yield session\n",
        "            yield session\n",
        ("tests/runs/test_named_files.py",),
    ),
    Mutation(
        "a spare worker waits without having loaded what trains",
        "lstm_core/jobs/working/worker.py",
        "        load_engine(get_kind(kind))\n",
        "        get_kind(kind)\n",
        ("tests/jobs/working/test_warm.py",),
    ),
    Mutation(
        "a process that has grown goes on",
        "lstm_core/jobs/working/worker.py",
        "num_bytes - usual_bytes > MOST_GROWTH_BYTES",
        "num_bytes < MOST_GROWTH_BYTES",
        ("tests/jobs/local/test_pool.py",),
    ),
    Mutation(
        "who watches alone is shown what was read before",
        "pages/_ui/run/watching.py",
        "if look is None or num_watchers < 2 or not is_fresh:",
        "if look is None or not is_fresh:",
        ("tests/pages/test_watching.py",),
    ),
    Mutation(
        "cutoffs that stepped back stand there twice",
        "lstm_core/tasks/forecasting/framing/gaps.py",
        "    return moved[np.diff(moved, prepend=-1) > 0]\n",
        "    return moved\n",
        ("tests/tasks/forecasting/framing/test_gaps.py",),
    ),
    Mutation(
        "an LSTM learns by the gradient of an operation whose gates lie otherwise",
        "lstm_core/engines/on_tensorflow/lstm.py",
        "tf.raw_ops.BlockLSTMGradV2(",
        "tf.raw_ops.BlockLSTMGrad(",
        ("tests/models/test_lstm.py",),
    ),
    Mutation(
        "a call over several batches goes through one too many",
        "lstm_core/engines/on_tensorflow/loop.py",
        "lambda number: number < end",
        "lambda number: number <= end",
        ("tests/learning/test_item_training.py", "tests/learning/test_trainer.py"),
    ),
    Mutation(
        "Adam forgets how many steps it has taken",
        "lstm_core/learning/adam.py",
        "ops.cast(self.iterations + 1, ",
        "ops.cast(self.iterations * 0 + 1, ",
        ("tests/learning/test_adam.py",),
    ),
    Mutation(
        "what is tried of the calendar is read in any case",
        f"{_FORECASTING}/network/frame.py",
        'self.spec.task.calendar_read or "none"',
        '"all"',
        ("tests/tasks/forecasting/network/test_building.py",),
    ),
    Mutation(
        "a cycle that went round once is tried",
        f"{_FORECASTING}/framing/calendar.py",
        "_ROUNDS_TO_TRY = 2",
        "_ROUNDS_TO_TRY = 1",
        ("tests/tasks/forecasting/framing/test_calendar.py",),
    ),
    Mutation(
        "an earlier season is told a row too soon",
        f"{_FORECASTING}/framing/earlier.py",
        "before = (number + 1) * season",
        "before = (number + 1) * season - 1",
        ("tests/tasks/forecasting/framing/test_earlier.py",),
    ),
    Mutation(
        "what begins with earlier seasons begins beside them",
        f"{_FORECASTING}/network/heads.py",
        "if frame.normalisation in SEASONAL else {}",
        "if False else {}",
        ("tests/tasks/forecasting/network/test_building.py",),
        only="first_prediction",
    ),
    Mutation(
        "a covariate that does not help is read all the same",
        f"{_FORECASTING}/network/covariates.py",
        "masks[0][list(columns)] = 0.0",
        "masks[0][list(columns)] = 1.0",
        ("tests/tasks/forecasting/network/test_building.py",),
        only="covariates_are_read",
    ),
    Mutation(
        "what validation says of covariates is not kept",
        f"{_FORECASTING}/task.py",
        "self.spec = self.spec.with_valid(choice.setting, tried.kind)",
        "pass",
        ("tests/test_pipeline.py",),
        only="left_out_with_a_word",
    ),
    Mutation(
        "lines that are hard to predict rule what is chosen",
        f"{_FORECASTING}/judging/trying.py",
        "np.exp(np.log(np.maximum(means, _LEAST_ERROR)).mean())",
        "means.mean()",
        ("tests/tasks/forecasting/judging/test_trying.py",),
    ),
    Mutation(
        "who is quick from the start need not be clearly ahead",
        "lstm_core/learning/ensemble.py",
        "(1.0 - leads.get(kind, 0.0))",
        "1.0",
        ("tests/learning/test_ensemble.py",),
        only="lead",
    ),
    Mutation(
        "the pre-trained LSTM is told a value that lies ahead",
        f"{_FORECASTING}/baselines/pretrained.py",
        "values[max(0, end - MOST_VALUES) : end]",
        "values[max(0, end - MOST_VALUES) : end + 1]",
        ("tests/tasks/forecasting/baselines/test_pretrained.py",),
    ),
    Mutation(
        "who has no share in the mix is asked on",
        f"{_FORECASTING}/predicting/mixing.py",
        "if not self.shrinkage.other_share:",
        "if self.shrinkage is None:",
        ("tests/tasks/forecasting/test_task.py",),
        only="share",
    ),
    Mutation(
        "shares are mixed that no held-out window speaks for",
        f"{_FORECASTING}/predicting/shrinking.py",
        "chosen = min(found, key=lambda weights: found[weights] * (1.0 + pull",
        "chosen = min(found, key=lambda weights: (1.0 + pull",
        ("tests/tasks/forecasting/predicting/test_shrinking.py",),
    ),
    Mutation(
        "the range of a sum is measured on single steps",
        f"{_FORECASTING}/predicting/totals.py",
        "each.cumsum(axis=1) for each",
        "each for each",
        ("tests/tasks/forecasting/predicting/test_totals.py",),
    ),
    Mutation(
        "rows that baselines have learnt from say which of them is the best",
        f"{_FORECASTING}/predicting/shrinking.py",
        "measure(baselines[name], num_older)",
        "measure(baselines[name], 0)",
        ("tests/tasks/forecasting/predicting/test_shrinking.py",),
    ),
    Mutation(
        "the pre-trained network is told of seasons that the test part shows",
        f"{_FORECASTING}/pretrained/tuning/feed.py",
        "(part, part.cuts.test_start)",
        "(part, part.num_rows)",
        ("tests/tasks/forecasting/pretrained/tuning/test_tuning.py",),
        only="seasons",
    ),
    Mutation(
        "what is known ahead is looked up in another category's table",
        f"{_FORECASTING}/network/category_layers.py",
        "self.tables[len(self.tables) - len(self.ahead) :]",
        "self.tables[: len(self.ahead)]",
        ("tests/tasks/forecasting/network/test_category_layers.py",),
    ),
    Mutation(
        "a script decays the rate one epoch late",
        "lstm_core/export/training_code.py",
        "{rate} * {decay}**epoch",
        "{rate} * {decay}**max(0, epoch - 1)",
        ("tests/tasks/forecasting/export/test_scripts.py",),
        only="two and seeds",
    ),
    Mutation(
        "a script's cycle rises for too long",
        "lstm_core/export/training_code.py",
        "num_rising = round({_WARMUP_SHARE} * num_steps)",
        "num_rising = round({_WARMUP_SHARE} * num_steps) + 1",
        ("tests/tasks/forecasting/export/test_scripts.py",),
        only="one and cycle",
    ),
    Mutation(
        "a script leaves out options that Keras has another default for",
        "lstm_core/export/code.py",
        "if name not in defaults or value != defaults[name]",
        "if name not in defaults",
        ("tests/tasks/forecasting/export/test_scripts.py",),
        only="every and layer",
    ),
    Mutation(
        "a script scales by the wrong range",
        "lstm_core/tasks/forecasting/export/scaling_code.py",
        'max(training, axis=0) - offset"',
        'max(training, axis=0)"',
        ("tests/tasks/forecasting/export/test_scripts.py",),
        only="known and logarithm",
    ),
    Mutation(
        "a script takes the mean of its networks",
        "lstm_core/tasks/forecasting/export/prediction_code.py",
        "restore(np.median(said, axis=0), cutoffs)",
        "restore(np.max(said, axis=0), cutoffs)",
        ("tests/tasks/forecasting/export/test_scripts.py",),
        only="two and seeds",
    ),
    Mutation(
        "a script feeds back what was known a step ago",
        "lstm_core/tasks/forecasting/export/prediction_code.py",
        "known = scaled[cutoffs + step, -{known}:]",
        "known = scaled[cutoffs + step - 1, -{known}:]",
        ("tests/tasks/forecasting/export/test_scripts.py",),
        only="one and step and time",
    ),
    Mutation(
        "a classifier's script weighs nothing by its label",
        "lstm_core/tasks/classification/export/training_code.py",
        'if story.spec.task.class_weights == "balanced":',
        "if False:",
        ("tests/tasks/classification/export/test_scripts.py",),
        only="trains and uneven",
    ),
    Mutation(
        "a classifier's script forgets the temperature of its run",
        "lstm_core/tasks/classification/export/prediction_code.py",
        'temperature = read_kept()["temperature"]',
        "temperature = 1.0",
        ("tests/tasks/classification/export/test_scripts.py",),
        only="same_temperature",
    ),
    Mutation(
        "the output gate sees the cell state of the step before",
        "lstm_core/models/cells.py",
        "cell = keep * cell + new * self.activation(value)\n"
        "        out = self.recurrent_activation(out + self.peepholes[2] * cell)",
        "out = self.recurrent_activation(out + self.peepholes[2] * cell)\n"
        "        cell = keep * cell + new * self.activation(value)",
        ("tests/models/test_cells.py",),
    ),
    Mutation(
        "a cell computes what one engine alone can trace",
        "lstm_core/models/cells.py",
        "top = ops.maximum(keep + stabiliser, new)",
        "top = stabiliser if not float(ops.sum(new)) else ops.maximum(keep + stabiliser, new)",
        ("tests/models/test_cells.py",),
        "jax",
    ),
    Mutation(
        "a count of weights leaves out the peepholes",
        "lstm_core/spec/layers/memory/lstm.py",
        "num_weights + 3 * self.units",
        "num_weights + 2 * self.units",
        ("tests/tasks/forecasting/network/test_cost.py",),
    ),
    Mutation(
        "the last weights stay instead of the best",
        "lstm_core/learning/callbacks.py",
        "restore_best_weights=True",
        "restore_best_weights=False",
        ("tests/learning/test_trainer.py", "tests/learning/test_ensemble.py"),
    ),
    Mutation(
        "the order of windows does not follow from the seed",
        "lstm_core/learning/ordering.py",
        "        self._count = count\n        self._generator = np.random.default_rng(seed)",
        "        self._count = count\n        self._generator = np.random.default_rng(None)",
        ("tests/learning/test_trainer.py", "tests/learning/test_ensemble.py"),
    ),
    Mutation(
        "a carried state is never set back to zero",
        "lstm_core/learning/feeds/carried_state.py",
        "state[:num_rows] * goes_on",
        "state[:num_rows] * ops.ones_like(goes_on)",
        ("tests/learning/feeds/test_carried_state.py",),
    ),
    Mutation(
        "a carried state is never set back to zero, on the second engine",
        "lstm_core/learning/feeds/carried_state.py",
        "state[:num_rows] * goes_on",
        "state[:num_rows] * ops.ones_like(goes_on)",
        ("tests/learning/feeds/test_carried_state.py",),
        "jax",
    ),
    Mutation(
        "the ends of ranges are learnt upside down",
        "lstm_core/tasks/forecasting/network/losses.py",
        "ops.maximum(level * error, (level - 1.0) * error)",
        "ops.maximum((1.0 - level) * error, -level * error)",
        ("tests/tasks/forecasting/network/test_losses.py",),
    ),
    Mutation(
        "an ensemble answers with its mean",
        "lstm_core/learning/ensemble.py",
        "np.median(said, axis=0)",
        "np.mean(said, axis=0)",
        ("tests/learning/test_ensemble.py",),
    ),
    Mutation(
        "the scale is measured on rows behind the training part",
        f"{_FORECASTING}/framing/examples.py",
        "local = slice(part.cuts.train_start, part.cuts.train_end)",
        "local = slice(part.cuts.train_start, part.cuts.train_end + 1)",
        (
            "tests/tasks/forecasting/framing/test_examples.py",
            "tests/tasks/forecasting/framing/test_leaks.py",
        ),
    ),
    Mutation(
        "a win needs no test for chance",
        f"{_FORECASTING}/judging/judgement.py",
        "p_value is not None and p_value < SIGNIFICANCE",
        "p_value is not None",
        ("tests/tasks/forecasting/judging/test_verdict.py",),
    ),
    Mutation(
        "ranges are one rank too narrow",
        f"{_FORECASTING}/predicting/ranges.py",
        "rank = np.clip(np.ceil(share * count).astype(int) - 1, 0, None)",
        "rank = np.clip(np.ceil(share * count).astype(int) - 2, 0, None)",
        ("tests/tasks/forecasting/predicting/test_ranges.py",),
    ),
    Mutation(
        "an interrupted trial is not made again",
        "lstm_core/searches/outcome/settling.py",
        "MOST_RERUNS = 2",
        "MOST_RERUNS = 0",
        ("tests/searches/outcome/test_settling.py",),
    ),
    Mutation(
        "a search forgets what it was told",
        "lstm_core/searches/strategies/advisor.py",
        "oracle.finish(self._trials[number], score if has_score else None)",
        "oracle.finish(self._trials[number], None)",
        ("tests/searches",),
    ),
    Mutation(
        "more runs start than there is room for",
        "lstm_core/runs/stores/run_queue.py",
        "len(active) - len(queued) >= max_running",
        "len(active) - len(queued) > max_running",
        ("tests/runs",),
    ),
    Mutation(
        "a transaction asks for the lock only when it writes",
        "lstm_core/runs/database/engine.py",
        '"BEGIN IMMEDIATE" if writes',
        '"BEGIN DEFERRED" if writes',
        ("tests/runs",),
    ),
    Mutation(
        "a script run twice submits twice",
        "pages/_ui/data/submission.py",
        'st.session_state.setdefault(f"{key}.submission", uuid4().hex)',
        'st.session_state[f"{key}.submission"] = uuid4().hex',
        ("tests/pages/test_data.py", "tests/pages/test_model.py", "tests/pages/test_home.py"),
    ),
    Mutation(
        "the record knows tasks",
        "lstm_core/runs/snapshots/status.py",
        "from enum import",
        "import lstm_core.tasks.base  # noqa: F401\nfrom enum import",
        ("tests/test_import_rule.py",),
    ),
    Mutation(
        "an archive may lead out of itself",
        f"{_READING}/formats/archives.py",
        'path.is_absolute() or ".." in path.parts',
        "path.is_absolute()",
        ("tests/data/items/reading/test_bad_files.py",),
        only="climbs",
    ),
    Mutation(
        "an archive may grow without end",
        "lstm_core/data/inflating.py",
        "size > most_times * max(",
        "size > 1e9 * max(",
        ("tests/data/items/reading/test_bad_files.py",),
        only="bomb",
    ),
    Mutation(
        "a hole in a signal is filled with its first value",
        f"{_READING}/building/repairs.py",
        "missing, known, values[start + known, channel]",
        "0 * missing, known, values[start + known, channel]",
        ("tests/data/items/reading/test_signals.py",),
        only="holes",
    ),
    Mutation(
        "copies that differ in capitals are two texts",
        "lstm_core/data/items/duplicates.py",
        'unicodedata.normalize("NFKC", text).casefold()',
        'unicodedata.normalize("NFKC", text)',
        ("tests/data/items/test_duplicates.py",),
    ),
    Mutation(
        "rows of a long table are not put in order",
        f"{_READING}/columns/stretches.py",
        "order = np.lexsort((moments[self.order], items))",
        "order = np.arange(len(items))",
        ("tests/data/items/reading/test_signals.py",),
        only="order",
    ),
    Mutation(
        "whoever measures is taken for a class",
        f"{_READING}/building/labels.py",
        "if (fractions and len(counts) > 10)",
        "if (fractions and len(counts) > 10_000)",
        ("tests/data/items/reading/test_bad_files.py",),
        only="measure",
    ),
)


def try_mutation(mutation: Mutation, tests: Path, workers: int) -> str:
    """Return ``caught``, ``MISSED`` or what else came of one fault.

    Args:
        tests: the tree whose tests are asked.
    """
    with tempfile.TemporaryDirectory(prefix="mutation-") as name:
        tree = Path(name)
        for entry in COPIED:
            if (tests / entry).is_dir():
                ignored = shutil.ignore_patterns("__pycache__", "screenshots")
                shutil.copytree(tests / entry, tree / entry, ignore=ignored)
            elif (tests / entry).exists():
                shutil.copy(tests / entry, tree / entry)
        source = tree / mutation.file
        text = source.read_text(encoding="utf-8")
        if text.count(mutation.before) != 1:
            return f"NOT FOUND ({text.count(mutation.before)} times)"
        source.write_text(text.replace(mutation.before, mutation.after), encoding="utf-8")
        return _run_tests(mutation, tree, workers)


def _run_tests(mutation: Mutation, tree: Path, workers: int) -> str:
    is_second = mutation.engine != "tensorflow"
    has_slow = '"slow:' in (tree / "pyproject.toml").read_text(encoding="utf-8")
    is_quick = has_slow and not mutation.only
    marks = " and ".join(
        [*(["backend"] if is_second else []), "not browser", *(["not slow"] if is_quick else [])]
    )
    only = ["-k", mutation.only] if mutation.only else []
    side_by_side = ["-n", str(workers), "--dist", "loadfile"] if workers > 1 else []
    command = [
        *(sys.executable, "-m", "pytest", "-x", "-q", "-m", marks, "-p", "no:cacheprovider"),
        *("--timeout", "900", *side_by_side, *only, *mutation.tests),
    ]
    done = subprocess.run(
        command,
        cwd=tree,
        env={**os.environ, "KERAS_BACKEND": mutation.engine, "PYTHONPATH": ""},
        capture_output=True,
        text=True,
        check=False,
    )
    # Side by side, pytest calls the end at the first failure an interruption, which is 2 as well
    # when tests can't be collected: those fail as errors.
    marks_of_failure = ("FAILED", "ERROR") if done.returncode == 1 else ("FAILED",)
    lines = done.stdout.splitlines()
    failed = [line for mark in marks_of_failure for line in lines if line.startswith(f"{mark} ")]
    if failed:
        return f"caught by {failed[0].split()[1]}"
    return "MISSED" if done.returncode == 0 else f"TESTS DID NOT RUN\n{done.stdout[-2000:]}"


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--only", action="append", metavar="TEXT", help="part of a fault's name")
    parser.add_argument("--tree", type=Path, default=ROOT, help="whose tests are asked")
    parser.add_argument("--workers", type=int, default=1, help="test processes side by side")
    asked = parser.parse_args(arguments)
    chosen = [
        mutation
        for mutation in MUTATIONS
        if not asked.only or any(part in mutation.name for part in asked.only)
    ]
    num_caught = 0
    for mutation in chosen:
        found = try_mutation(mutation, asked.tree.resolve(), asked.workers)
        num_caught += found.startswith("caught")
        print(f"{mutation.name}: {found}", flush=True)
    print(f"{num_caught} of {len(chosen)} were noticed.")
    return 0 if num_caught == len(chosen) else 1


if __name__ == "__main__":
    sys.exit(main())
