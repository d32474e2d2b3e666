"""One search of one request: the fields that a client selects say what they need, and one round trip brings it all.

Resolvers of a connection's fields run before any of their results is awaited; each registers its need, and the search
starts on the loop's next turn, as a data loader's batch does.
"""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence

from subgraphs.products.search.answers import SearchAnswer
from subgraphs.products.search.criteria import SearchCriteria
from subgraphs.products.search.fields import FacetSpec
from subgraphs.products.search.requests import Demand
from subgraphs.products.search.searcher import Searcher


class SearchSession:
    """The window ``offset``, ``limit`` of a search. Not to be shared between requests."""

    def __init__(
        self,
        searcher: Searcher,
        criteria: SearchCriteria,
        specs: Mapping[str, FacetSpec],
        *,
        offset: int,
        limit: int,
    ) -> None:
        self.criteria = criteria
        self.offset = offset
        self.limit = limit
        self._searcher = searcher
        self._specs = specs
        self._wants_hits = False
        self._wanted_facets: dict[str, FacetSpec] = {}
        self._search: asyncio.Task[SearchAnswer] | None = None

    def facet_specs(self, codes: Sequence[str] | None) -> list[FacetSpec]:
        """The facets that ``codes`` name, in their order; all of them for None; unknown codes apply to nothing."""
        if codes is None:
            return list(self._specs.values())
        return [self._specs[code] for code in dict.fromkeys(codes) if code in self._specs]

    def want_hits(self) -> None:
        """Register, before awaiting `answer`, that the window's products are needed."""
        self._wants_hits = True

    def want_facets(self, specs: Sequence[FacetSpec]) -> None:
        """Register, before awaiting `answer`, that these facets are to be counted."""
        self._wanted_facets.update({spec.code: spec for spec in specs})

    async def answer(self) -> SearchAnswer:
        """The answer to everything that was registered. Raises BadUserInput."""
        if self._search is None:
            self._search = asyncio.ensure_future(self._run())
        return await asyncio.shield(self._search)

    async def _run(self) -> SearchAnswer:
        demand = Demand(self.offset, self.limit if self._wants_hits else 0, tuple(self._wanted_facets.values()))
        return await self._searcher.search(self.criteria, demand, self._specs)
