"""DataLoaders: the sole read path of what hangs on an entity. One request has one set of them."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy.exc import SQLAlchemyError
from strawberry.dataloader import DataLoader

from shared.clock import Clock
from shared.db import Sessions
from subgraphs.inventory.domain import StockPosition
from subgraphs.inventory.models import ReservationLineRow, StockLevelRow, WarehouseRow
from subgraphs.inventory.repository import StockRepository
from subgraphs.inventory.stock_memory import KnownStock, StockMemory


class InventoryLoaders:
    """``stock`` and ``levels`` by variant id, ``warehouse`` by id, ``lines`` by reservation id."""

    def __init__(self, sessions: Sessions, clock: Clock, memory: StockMemory) -> None:
        self._sessions = sessions
        self._clock = clock
        self._memory = memory
        self.stock: DataLoader[str, KnownStock] = DataLoader(load_fn=self._stock)
        self.levels: DataLoader[str, list[StockLevelRow]] = DataLoader(load_fn=self._levels)
        self.warehouse: DataLoader[str, WarehouseRow | None] = DataLoader(load_fn=self._warehouses)
        self.lines: DataLoader[str, list[ReservationLineRow]] = DataLoader(load_fn=self._lines)

    async def _stock(self, variant_ids: Sequence[str]) -> list[KnownStock]:
        """From the database; while it does not answer, as it was last seen."""
        try:
            known = await self._read_stock(variant_ids)
        except (SQLAlchemyError, OSError):
            recalled = await self._memory.recall(variant_ids)
            if recalled is None:
                raise
            known = recalled
        else:
            self._memory.remember(known)
        return [known[variant_id] for variant_id in variant_ids]

    async def _read_stock(self, variant_ids: Sequence[str]) -> dict[str, KnownStock]:
        async with self._sessions() as session:
            rows = await StockRepository(session).positions(variant_ids)
        groups: dict[str, list[StockPosition]] = {variant_id: [] for variant_id in variant_ids}
        for row in rows:
            groups[row.variant_id].append(row)
        now = self._clock.now()
        return {variant_id: KnownStock(tuple(positions), now) for variant_id, positions in groups.items()}

    async def _levels(self, variant_ids: Sequence[str]) -> list[list[StockLevelRow]]:
        async with self._sessions() as session:
            rows = await StockRepository(session).levels_of_variants(variant_ids)
        groups: dict[str, list[StockLevelRow]] = {variant_id: [] for variant_id in variant_ids}
        for row in rows:
            groups[row.variant_id].append(row)
        return list(groups.values())

    async def _warehouses(self, ids: Sequence[str]) -> list[WarehouseRow | None]:
        async with self._sessions() as session:
            by_id = {row.id: row for row in await StockRepository(session).warehouses_by_id(ids)}
        return [by_id.get(warehouse_id) for warehouse_id in ids]

    async def _lines(self, reservation_ids: Sequence[str]) -> list[list[ReservationLineRow]]:
        async with self._sessions() as session:
            rows = await StockRepository(session).reservation_lines(reservation_ids)
        groups: dict[str, list[ReservationLineRow]] = {each: [] for each in reservation_ids}
        for row in rows:
            groups[row.reservation_id].append(row)
        return list(groups.values())
