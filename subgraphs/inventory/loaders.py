"""DataLoaders: the sole read path of what hangs on an entity. One request has one set of them."""

from __future__ import annotations

from collections.abc import Sequence

from strawberry.dataloader import DataLoader

from shared.db import Sessions
from subgraphs.inventory.domain import StockPosition
from subgraphs.inventory.models import ReservationLineRow, StockLevelRow, WarehouseRow
from subgraphs.inventory.repository import StockRepository


class InventoryLoaders:
    """``positions`` and ``levels`` by variant id, ``warehouse`` by id, ``lines`` by reservation id."""

    def __init__(self, sessions: Sessions) -> None:
        self._sessions = sessions
        self.positions: DataLoader[str, list[StockPosition]] = DataLoader(load_fn=self._positions)
        self.levels: DataLoader[str, list[StockLevelRow]] = DataLoader(load_fn=self._levels)
        self.warehouse: DataLoader[str, WarehouseRow | None] = DataLoader(load_fn=self._warehouses)
        self.lines: DataLoader[str, list[ReservationLineRow]] = DataLoader(load_fn=self._lines)

    async def _positions(self, variant_ids: Sequence[str]) -> list[list[StockPosition]]:
        async with self._sessions() as session:
            rows = await StockRepository(session).positions(variant_ids)
        groups: dict[str, list[StockPosition]] = {variant_id: [] for variant_id in variant_ids}
        for row in rows:
            groups[row.variant_id].append(row)
        return list(groups.values())

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
