"""A program as one file of Python."""

from __future__ import annotations

import textwrap

from lstm_core.export.program import WIDTH, Program


def write_script(program: Program) -> str:
    parts = [f'"""{program.introduction}\n"""']
    for section in program.sections:
        note = textwrap.wrap(section.note, WIDTH - 2)
        heading = [
            f"# ── {section.title} ".ljust(WIDTH - 20, "─"),
            *(f"# {line}" for line in note),
        ]
        parts.append("\n".join(heading) + "\n\n" + section.code)
    return "\n\n\n".join(parts) + "\n"
