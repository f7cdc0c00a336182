"""Run exported scripts where nothing of ours can be imported."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

_PROGRAM = """
import importlib.util, io, json, os, sys, traceback
from contextlib import redirect_stdout

assert importlib.util.find_spec("lstm_core") is None, "ours can be imported"
for line in sys.stdin:
    folder, files = json.loads(line)
    os.chdir(folder)
    error = ""
    namespace = {"__name__": "__main__"}
    with redirect_stdout(io.StringIO()):
        try:
            for file in files:
                with open(file, encoding="utf-8") as opened:
                    exec(compile(opened.read(), file, "exec"), namespace)
        except Exception:
            error = traceback.format_exc()
    if "keras" in sys.modules:
        sys.modules["keras"].config.set_dtype_policy("float32")
    print(json.dumps(error), flush=True)
"""


class ScriptRunner:
    """A process without ours on its path; it loads TensorFlow once for many scripts."""

    def __init__(self) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-I", "-W", "ignore", "-c", _PROGRAM],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def run(self, folder: Path, files: list[str]) -> None:
        """Run files one after another in one namespace, as cells of a notebook are."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(json.dumps([str(folder), files]) + "\n")
        self._process.stdin.flush()
        answer = self._process.stdout.readline()
        assert answer, "the process has ended"
        error: Any = json.loads(answer)
        assert not error, error

    def close(self) -> None:
        self._process.kill()  # it holds nothing that has to be put away
        self._process.communicate()
