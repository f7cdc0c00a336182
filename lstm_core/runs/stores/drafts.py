"""``Drafts``: what people have chosen so far, kept from the first click until long after the last.

A row is never locked between two clicks: whoever changes one setting last has the last word on
that setting alone.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import delete, select

from lstm_core.errors import NotFoundError, SpecError, StudioError
from lstm_core.runs.database.engine import Database
from lstm_core.runs.database.queries import is_id
from lstm_core.runs.database.rows import clean_json, clean_text
from lstm_core.runs.database.tables import DraftRow
from lstm_core.runs.database.transitions import make_id
from lstm_core.runs.snapshots.draft import Draft, Step, Upload, do_again, merge_change, take_back
from lstm_core.runs.snapshots.unreadable import unreadable_told
from lstm_core.spec import SCHEMA_VERSION, ExperimentSpec, hash_content, parse_spec
from lstm_core.spec.upgrades import upgrade_values

KEPT_DAYS = 30
"""So long a draft is kept after it was last changed or looked at."""

_LOOK_NOTED = timedelta(days=1)
"""A look is noted no more often than this: looking should cost no write."""


class Drafts:
    """The drafts of the record. Safe to share between threads; owns nothing but rows.

    All methods raise ``RecordError`` when the record can't be read or written.
    """

    def __init__(self, database: Database) -> None:
        self._database = database

    def begin(
        self,
        spec: ExperimentSpec,
        *,
        uploads: Sequence[Upload] = (),
        dataset_id: str | None = None,
        change: str = "",
    ) -> Draft:
        """Record a new draft; see ``Draft`` for what it holds."""
        kept = tuple(Upload(clean_text(each.name), each.sha256) for each in uploads)
        draft = Draft(make_id(), spec, kept, dataset_id, clean_text(change))
        with self._database.writing() as session:
            session.add(_write(draft, DraftRow(id=draft.id, created_at=draft.created_at)))
        return draft

    def get(self, draft_id: str) -> Draft:
        """Return the draft as it is now, and note that somebody looked.

        Raises:
            NotFoundError: there is no such draft, or not any more.
            SpecError: another version of this program wrote it, and this one can't read it.
        """
        with self._database.reading() as session:
            row = session.get(DraftRow, draft_id) if is_id(draft_id) else None
        if row is None:
            raise _not_found()
        if datetime.now(UTC) - row.used_at > _LOOK_NOTED:
            self._note_look(draft_id)
        return _read(row)

    def change(
        self, draft_id: str, before: ExperimentSpec, after: ExperimentSpec, words: str = ""
    ) -> Draft:
        """Put the settings in which ``after`` differs from ``before`` into the draft; return it.

        Args:
            words: with them it becomes a step that can be taken back.

        Raises:
            NotFoundError, SpecError: as ``get``.
        """
        return self._edit(draft_id, lambda draft: merge_change(draft, before, after, words))

    def take_back(self, draft_id: str) -> Draft:
        """Take the latest step back, if there is one.

        Raises:
            NotFoundError: as ``get``.
            SpecError: as ``get``; or what was before doesn't go with what was changed since.
        """
        return self._edit(draft_id, take_back)

    def do_again(self, draft_id: str) -> Draft:
        """Do the step again that was last taken back, if there is one.

        Raises:
            NotFoundError, SpecError: as ``take_back``.
        """
        return self._edit(draft_id, do_again)

    def keep(self, draft_id: str, name: str, value: Any) -> Draft:
        """Keep what a page wants to remember under this name; plain JSON.

        Raises:
            NotFoundError, SpecError: as ``get``.
        """
        return self._edit(
            draft_id, lambda draft: replace(draft, kept={**draft.kept, name: clean_json(value)})
        )

    def list_uploads(self) -> set[str]:
        """Return the hashes of the uploaded files that drafts speak of."""
        with self._database.reading() as session:
            spoken_of = session.scalars(select(DraftRow.uploads))
            return {each["sha256"] for uploads in spoken_of for each in uploads or ()}

    def sweep(self, max_age_seconds: float = KEPT_DAYS * 86_400) -> int:
        """Remove drafts that nobody has changed or looked at for longer; return how many."""
        oldest = datetime.now(UTC) - timedelta(seconds=max_age_seconds)
        with self._database.writing() as session:
            old = list(session.scalars(select(DraftRow.id).where(DraftRow.used_at < oldest)))
            session.execute(delete(DraftRow).where(DraftRow.id.in_(old)))
        return len(old)

    def _edit(self, draft_id: str, edit: Callable[[Draft], Draft]) -> Draft:
        """Read, change and write in one transaction, so that no change between is lost."""
        if not is_id(draft_id):
            raise _not_found()
        with self._database.writing() as session:
            query = select(DraftRow).where(DraftRow.id == draft_id).with_for_update()
            row = session.scalar(query)
            if row is None:
                raise _not_found()
            before = _read(row)
            after = edit(before)
            if after != before:
                after = replace(after, version=before.version + 1, used_at=datetime.now(UTC))
                _write(after, row)
        return after

    def _note_look(self, draft_id: str) -> None:
        with self._database.writing() as session:
            row = session.get(DraftRow, draft_id)
            if row is not None:
                row.used_at = datetime.now(UTC)


def _read(row: DraftRow) -> Draft:
    try:
        spec = parse_spec(row.spec)
    except SpecError as error:
        raise SpecError(
            f"This draft was written by another version of LSTM Studio. {error.what}",
            "Choose the data again; the draft stays as it is for the version that wrote it.",
        ) from error
    with unreadable_told("draft", row.id, row.created_at):
        return _make(row, spec)


def _make(row: DraftRow, spec: ExperimentSpec) -> Draft:
    return Draft(
        id=row.id,
        spec=spec,
        uploads=tuple(Upload(each["name"], each["sha256"]) for each in row.uploads),
        dataset_id=row.dataset_id,
        change=row.change,
        past=_read_steps(row.past),
        ahead=_read_steps(row.ahead),
        kept=dict(row.kept)
        if row.spec.get("schema_version") == SCHEMA_VERSION
        else _rename(row.kept, row.spec, spec),
        version=row.version,
        created_at=row.created_at,
        used_at=row.used_at,
    )


def _write(draft: Draft, row: DraftRow) -> DraftRow:
    row.spec = draft.spec.model_dump(mode="json")
    row.uploads = [{"name": each.name, "sha256": each.sha256} for each in draft.uploads]
    row.dataset_id, row.change = draft.dataset_id, draft.change
    row.past, row.ahead = _write_steps(draft.past), _write_steps(draft.ahead)
    row.kept = dict(draft.kept)
    row.version, row.used_at = draft.version, draft.used_at
    return row


def _read_steps(steps: list[Any]) -> tuple[Step, ...]:
    return tuple(Step(step["words"], upgrade_values(step["values"])) for step in steps)


def _rename(kept: dict[str, Any], before: dict[str, Any], after: ExperimentSpec) -> dict[str, Any]:
    """Return what pages keep for the very spec they kept it for, now that its layout is another."""
    text = json.dumps(kept).replace(hash_content(before), after.fingerprint)
    renamed: dict[str, Any] = json.loads(text)
    return renamed


def _write_steps(steps: tuple[Step, ...]) -> list[Mapping[str, Any]]:
    return [{"words": step.words, "values": dict(step.values)} for step in steps]


def _not_found() -> StudioError:
    return NotFoundError(
        "There is no draft at this address any more.",
        f"Drafts are kept for {KEPT_DAYS} days after somebody last looked at them. Choose the "
        "data again; runs that were started stay where they are.",
    )
