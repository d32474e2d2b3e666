"""Keeps the index equal to the catalogue: single products as they change, all of them behind a swapped alias.

A full re-index fills new collections while searches and changes still go to the old ones, swaps the aliases and then
repeats what changed meanwhile: there is never an empty moment, and nothing written during it is lost.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from shared.clock import Clock
from shared.db import Sessions
from shared.ids import new_id
from shared.search import SearchEngine
from subgraphs.products.domain.market import LANGUAGES, Market, text_in
from subgraphs.products.domain.records import AttributeRecord, CategoryRecord
from subgraphs.products.repository import categories as category_rows
from subgraphs.products.repository import details, index
from subgraphs.products.search.documents import document
from subgraphs.products.search.fields import collection_schema

logger = logging.getLogger(__name__)

CHUNK: Final = 500
CHANGES_KEPT: Final = timedelta(days=1)

Progress = Callable[[int, int], None]


def alias_of(prefix: str, language: str) -> str:
    """The alias under which one language's products are searched."""
    return f"{prefix}_products_{language}"


@dataclass(frozen=True, slots=True)
class _Vocabulary:
    """What all documents of one run are written with."""

    definitions: Sequence[AttributeRecord]
    categories: Sequence[CategoryRecord]

    def category_names(self, language: str) -> Mapping[str, str]:
        market = Market(language=language)
        return {item.id: text_in(item.names, language, market) or item.slug for item in self.categories}


class Indexer:
    """Writes the index of every language. ``prefix`` keeps stacks that share an engine apart."""

    def __init__(self, engine: SearchEngine, sessions: Sessions, *, prefix: str, clock: Clock) -> None:
        self._engine = engine
        self._sessions = sessions
        self._prefix = prefix
        self._clock = clock

    async def index_products(self, product_ids: Sequence[str]) -> None:
        """Bring the documents of these products up to date; those that shoppers may not see are removed."""
        targets = {language: alias_of(self._prefix, language) for language in LANGUAGES}
        vocabulary = await self._vocabulary()
        for start in range(0, len(product_ids), CHUNK):
            ids = product_ids[start : start + CHUNK]
            indexed = await self._write(ids, targets, vocabulary)
            gone = [key for key in ids if key not in indexed]
            for target in targets.values():
                await self._engine.delete(target, gone)

    async def reindex(self, progress: Progress = lambda _done, _total: None) -> None:
        """Index everything into new collections, then swap; ``progress`` gets products done and in all."""
        started = self._clock.now()
        vocabulary = await self._vocabulary()
        fresh = {language: f"{alias_of(self._prefix, language)}_{new_id('idx').lower()}" for language in LANGUAGES}
        for language, name in fresh.items():
            await self._engine.create_collection(collection_schema(name, vocabulary.definitions, language))
        try:
            await self._fill(fresh, vocabulary, progress)
        except BaseException:
            for name in fresh.values():
                await self._engine.drop_collection(name)
            raise
        for language, name in fresh.items():
            await self._engine.point_alias(alias_of(self._prefix, language), name)
        async with self._sessions() as session:
            changed = await index.changed_since(session, started)
        await self.index_products(changed)
        await self._drop_all_but(set(fresh.values()))

    async def ensure(self) -> bool:
        """Build the index where it is missing; True when it had to. An alias may outlive its collection."""
        present = set(await self._engine.collections())
        for language in LANGUAGES:
            if await self._engine.alias_target(alias_of(self._prefix, language)) not in present:
                logger.info("the search index is missing; building it")
                await self.reindex()
                return True
        return False

    async def forget_old_changes(self) -> None:
        """Trim the record of changes to what a re-index can still need."""
        async with self._sessions.begin() as session:
            await index.forget_changes_before(session, self._clock.now() - CHANGES_KEPT)

    async def _vocabulary(self) -> _Vocabulary:
        async with self._sessions() as session:
            definitions = await details.attribute_definitions(session)
            return _Vocabulary(definitions, await category_rows.all_categories(session))

    async def _fill(self, targets: Mapping[str, str], vocabulary: _Vocabulary, progress: Progress) -> None:
        async with self._sessions() as session:
            total = await index.count_all_products(session)
        after, done = "", 0
        progress(done, total)
        while True:
            async with self._sessions() as session:
                ids = await index.product_ids_after(session, after, CHUNK)
            if not ids:
                return
            await self._write(ids, targets, vocabulary)
            after, done = ids[-1], done + len(ids)
            progress(done, max(done, total))

    async def _write(self, ids: Sequence[str], targets: Mapping[str, str], vocabulary: _Vocabulary) -> set[str]:
        """Upsert those of ``ids`` that belong in the index into the targets; their ids."""
        async with self._sessions() as session:
            products = await index.indexable_products(session, ids, self._clock.now())
        for language, target in targets.items():
            names = vocabulary.category_names(language)
            documents = [document(product, vocabulary.definitions, names, language) for product in products]
            await self._engine.upsert(target, documents)
        return {product.id for product in products}

    async def _drop_all_but(self, kept: set[str]) -> None:
        """Old collections of ours, and those that a killed re-index left."""
        ours = tuple(f"{alias_of(self._prefix, language)}_idx_" for language in LANGUAGES)
        for name in await self._engine.collections():
            if name.startswith(ours) and name not in kept:
                await self._engine.drop_collection(name)
