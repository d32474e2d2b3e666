"""Answers searches: by the engine, and when that is away by PostgreSQL, marked as degraded."""

from __future__ import annotations

import logging
import time
from collections.abc import Mapping

from shared.clock import Clock
from shared.db import Sessions
from shared.search import SearchEngine, SearchUnavailable
from subgraphs.products.repository.fulltext import fulltext_search
from subgraphs.products.search.answers import Hit, SearchAnswer, read_answer
from subgraphs.products.search.criteria import SearchCriteria
from subgraphs.products.search.fields import FacetSpec
from subgraphs.products.search.indexer import alias_of
from subgraphs.products.search.requests import Demand, plan_searches

logger = logging.getLogger(__name__)


class Searcher:
    """Searches the index of the criteria's language. ``prefix`` keeps stacks that share an engine apart."""

    def __init__(self, engine: SearchEngine, sessions: Sessions, *, prefix: str, clock: Clock) -> None:
        self._engine = engine
        self._sessions = sessions
        self._prefix = prefix
        self._clock = clock

    async def search(self, criteria: SearchCriteria, demand: Demand, facets: Mapping[str, FacetSpec]) -> SearchAnswer:
        """What was found. Raises BadUserInput for a filter that means nothing."""
        alias = alias_of(self._prefix, criteria.language)
        plan = plan_searches(alias, criteria, demand, facets, self._clock.now())
        try:
            responses = await self._engine.search(plan.searches)
        except SearchUnavailable as error:
            logger.warning("searching without the engine: %s", error)
            return await self._search_in_database(criteria, demand, facets)
        return read_answer(criteria.query, plan, responses, {spec.code: spec.field for spec in demand.facets})

    async def _search_in_database(
        self, criteria: SearchCriteria, demand: Demand, facets: Mapping[str, FacetSpec]
    ) -> SearchAnswer:
        started = time.perf_counter()
        async with self._sessions() as session:
            ids, total = await fulltext_search(
                session, criteria, facets, self._clock.now(), offset=demand.offset, limit=demand.limit
            )
        took_ms = round((time.perf_counter() - started) * 1000)
        return SearchAnswer(tuple(Hit(product_id) for product_id in ids), total, took_ms, degraded=True)
