"""The process of one search: ``python -m lstm_core searcher SEARCH_ID``."""

from __future__ import annotations

import logging
from collections.abc import Callable
from contextlib import closing

from lstm_core.errors import StudioError
from lstm_core.jobs.local.launcher import WORKER_COMMAND, Starter
from lstm_core.jobs.local.logs import log_to_stderr
from lstm_core.jobs.local.pool import WorkerPool
from lstm_core.jobs.local.slots import list_slots
from lstm_core.runs.snapshots.search import Search, SearchStatus
from lstm_core.runs.stores.store import Store
from lstm_core.searches.outcome.standing import SearchStanding
from lstm_core.searches.plan import SearchPlan
from lstm_core.settings import load_settings

_LOGGER = logging.getLogger(__name__)


def run_searcher(search_id: str) -> int:
    """Adopt a claimed search, carry it out, and return the exit status: 0 only if it completed."""
    log_to_stderr()
    try:
        with Store.open(load_settings()) as store:
            search = store.search_queue.adopt(search_id)
            if search is None:
                _LOGGER.warning("This search is not waiting for a process; nothing to do")
                return 1
            search = conduct_search(store, search)
            _LOGGER.info("The search is %s. %s", search.status, search.message)
            return 0 if search.status is SearchStatus.COMPLETED else 1
    except StudioError as error:
        _LOGGER.error("%s", error)
        return 1


def conduct_search(
    store: Store,
    search: Search,
    *,
    starter: Starter | None = None,
    poll_seconds: float = 1.0,
    on_turn: Callable[[SearchStanding], None] = lambda standing: None,
) -> Search:
    """Carry out a search that this process has adopted, and return it ended or paused.

    Whatever goes wrong with the search itself is in the record, in words.

    Args:
        starter: starts the trials; by default a pool of workers, one for each slot.
    """
    from lstm_core.jobs.conducting.conductor import Conductor

    if starter is None:
        with closing(WorkerPool(store.settings, WORKER_COMMAND)) as pool:
            return conduct_search(
                store, search, starter=pool, poll_seconds=poll_seconds, on_turn=on_turn
            )
    try:
        conductor = Conductor(
            store,
            search,
            starter,
            list_slots(SearchPlan.from_json(search.settings).settings),
            poll_seconds=poll_seconds,
            on_turn=on_turn,
        )
        return conductor.conduct()
    except StudioError as error:
        if error.retryable:
            raise  # the record can't be written: whoever comes next goes on
        return store.searches.finish(search.id, SearchStatus.FAILED, str(error))
    except Exception as error:  # a search must end with a sentence, whatever the defect
        _LOGGER.exception("The search failed")
        return store.searches.finish(
            search.id,
            SearchStatus.FAILED,
            f"LSTM Studio met a fault of its own ({type(error).__name__}). What was found is kept; "
            "the search's log tells the maintainers what happened.",
        )
