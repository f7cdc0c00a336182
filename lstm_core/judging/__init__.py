"""How results are judged, whatever the task: measures, tests for chance, verdicts."""
