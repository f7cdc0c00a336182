"""The record of what was run: tables, artifacts, and who runs what at the moment."""
