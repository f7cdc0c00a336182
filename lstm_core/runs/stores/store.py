"""``Store``: the one door to the record, for pages, workers and the command line."""

from __future__ import annotations

from typing import Self

from lstm_core.runs.artifacts import ArtifactFolder
from lstm_core.runs.database.engine import Database, explain_failure
from lstm_core.runs.database.reserve import Reserve
from lstm_core.runs.logs import Logs
from lstm_core.runs.named_files import NamedFiles
from lstm_core.runs.stores.artifacts import Artifacts
from lstm_core.runs.stores.collections import Collections
from lstm_core.runs.stores.deletions import Deletions
from lstm_core.runs.stores.drafts import Drafts
from lstm_core.runs.stores.groups import Groups
from lstm_core.runs.stores.leftovers import Leftovers
from lstm_core.runs.stores.listing import Listing
from lstm_core.runs.stores.run_queue import RunQueue
from lstm_core.runs.stores.runs import Runs
from lstm_core.runs.stores.search_queue import SearchQueue
from lstm_core.runs.stores.searches import Searches
from lstm_core.runs.stores.trials import Trials
from lstm_core.runs.stores.watch import Watch
from lstm_core.settings import Settings


class Store:
    """The record: a store for each concern, side by side over one database.

    Owns the database engine and the artifacts folder from ``open`` to ``close``. Safe to share
    between threads; each process opens its own, after it was spawned. All methods of the stores
    raise ``RecordError`` when the disk is full or the database can't be reached, and then nothing
    of the call is kept.

    Attributes:
        collections: what people brought to learn from.
        drafts: what people have chosen before they start a run.
        runs: what was submitted, and what came of it.
        artifacts: the files that runs left behind.
        listing: all that people made, a page at a time.
        groups: runs that belong together.
        searches: searches over settings, which are groups as well.
        trials: the candidates of searches.
        run_queue, search_queue: the way of a run, and of a search, into a process.
        watch: what is going on, and what has lost its process.
        deletions: what people throw away, and have back.
        leftovers: what nobody can speak of any more.
        files: what collections and artifacts are kept in.
        logs: what processes print.
    """

    def __init__(self, settings: Settings, database: Database) -> None:
        self.settings = settings
        self._database = database
        self.files = files = NamedFiles(database, ArtifactFolder(settings.artifacts_folder))
        self.logs = Logs(settings.logs_folder)
        self.collections = Collections(database, files)
        self.artifacts = Artifacts(database, files)
        self.drafts = Drafts(database)
        self.watch = Watch(database)
        self.runs = Runs(database, self.watch)
        self.listing = Listing(database, self.watch)
        self.run_queue = RunQueue(database)
        self.groups = Groups(database)
        self.searches = Searches(database, self.groups)
        self.search_queue = SearchQueue(database, self.searches)
        self.trials = Trials(database, self.watch)
        self.leftovers = Leftovers(database, files, self.logs, Reserve(settings.home / "reserve"))
        self.deletions = Deletions(database, self.watch, self.leftovers)

    @classmethod
    def open(cls, settings: Settings) -> Self:
        """Open the record, creating or upgrading it where needed.

        Raises:
            RecordError: the home can't be written, the database can't be reached, or the
                record was written by a newer version.
        """
        try:
            settings.home.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise explain_failure(error) from error
        database = Database(settings.database_url)
        try:
            database.upgrade()
        except BaseException:
            database.close()
            raise
        return cls(settings, database)

    def close(self) -> None:
        self._database.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()
