"""All SQL of inventory's reads, and the locks. Stock rows are always locked in (variant, warehouse) order."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from shared.db import keyset_after, keyset_order
from shared.pagination import PageRequest
from subgraphs.inventory.domain import StockPosition
from subgraphs.inventory.models import (
    ReservationLineRow,
    ReservationRow,
    StockedVariantRow,
    StockLevelRow,
    WarehouseRow,
)


@dataclass(frozen=True, slots=True)
class StockLevelQuery:
    """Which levels to list; None leaves a criterion out, an empty collection matches nothing."""

    variant_ids: frozenset[str] | None = None
    excluded_variant_ids: frozenset[str] = frozenset()
    warehouse_ids: frozenset[str] | None = None
    excluded_warehouse_ids: frozenset[str] = frozenset()
    skus: frozenset[str] | None = None
    sku_contains: str | None = None
    sku_starts_with: str | None = None
    available_at_least: int | None = None
    available_at_most: int | None = None
    below_reorder_point: bool | None = None
    updated_from: datetime | None = None
    updated_before: datetime | None = None


class StockRepository:
    """Levels, warehouses and reservations in one session."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def positions(self, variant_ids: Collection[str]) -> Sequence[StockPosition]:
        """The selling view of all levels of ``variant_ids``: two queries, however many there are."""
        level = StockLevelRow
        statement = select(
            level.variant_id,
            level.warehouse_id,
            level.on_hand - level.reserved - level.safety_stock,
            level.backorder_limit,
        ).where(level.variant_id.in_(variant_ids))
        rows = (await self._session.execute(statement)).all()
        warehouses = {row.id: row for row in await self.all_warehouses()}
        return [
            position(variant_id, available, limit, warehouses[warehouse_id])
            for variant_id, warehouse_id, available, limit in rows
        ]

    async def lock_levels(self, variant_ids: Collection[str]) -> Sequence[StockLevelRow]:
        """All levels of ``variant_ids``, locked until the transaction ends."""
        statement = (
            select(StockLevelRow)
            .where(StockLevelRow.variant_id.in_(variant_ids))
            .order_by(StockLevelRow.variant_id, StockLevelRow.warehouse_id)
            .with_for_update()
            .execution_options(populate_existing=True)
        )
        return (await self._session.scalars(statement)).all()

    async def lock_reservation(self, reservation_id: str) -> ReservationRow | None:
        statement = (
            select(ReservationRow)
            .where(ReservationRow.id == reservation_id)
            .with_for_update()
            .execution_options(populate_existing=True)
        )
        return (await self._session.scalars(statement)).one_or_none()

    async def due_reservation_ids(self, now: datetime, limit: int) -> Sequence[str]:
        """Held reservations whose time ran out, oldest first."""
        statement = (
            select(ReservationRow.id)
            .where(ReservationRow.status == "HELD", ReservationRow.expires_at <= now)
            .order_by(ReservationRow.expires_at)
            .limit(limit)
        )
        return (await self._session.scalars(statement)).all()

    async def reservation_by_key(self, caller: str, key: str) -> ReservationRow | None:
        statement = select(ReservationRow).where(ReservationRow.caller == caller, ReservationRow.idempotency_key == key)
        return (await self._session.scalars(statement)).one_or_none()

    async def reservations(self, ids: Collection[str]) -> Sequence[ReservationRow]:
        return (await self._session.scalars(select(ReservationRow).where(ReservationRow.id.in_(ids)))).all()

    async def reservation_lines(self, reservation_ids: Collection[str]) -> Sequence[ReservationLineRow]:
        line = ReservationLineRow
        statement = (
            select(line)
            .where(line.reservation_id.in_(reservation_ids))
            .order_by(line.reservation_id, line.variant_id, line.warehouse_id)
        )
        return (await self._session.scalars(statement)).all()

    async def warehouses_by_id(self, ids: Collection[str]) -> Sequence[WarehouseRow]:
        return (await self._session.scalars(select(WarehouseRow).where(WarehouseRow.id.in_(ids)))).all()

    async def warehouses_by_code(self, codes: Collection[str]) -> Sequence[WarehouseRow]:
        return (await self._session.scalars(select(WarehouseRow).where(WarehouseRow.code.in_(codes)))).all()

    async def all_warehouses(self) -> Sequence[WarehouseRow]:
        return (await self._session.scalars(select(WarehouseRow))).all()

    async def warehouse_page(self, request: PageRequest) -> Sequence[WarehouseRow]:
        """Warehouses by (priority, id)."""
        keys = (WarehouseRow.__table__.c.priority, WarehouseRow.__table__.c.id)
        statement = select(WarehouseRow).where(*keyset_after(keys, request)).order_by(*keyset_order(keys, request))
        return (await self._session.scalars(statement.limit(request.fetch_limit))).all()

    async def warehouse_count(self) -> int:
        return await self._session.scalar(select(func.count()).select_from(WarehouseRow)) or 0

    async def levels_by_id(self, ids: Collection[str]) -> Sequence[StockLevelRow]:
        return (await self._session.scalars(select(StockLevelRow).where(StockLevelRow.id.in_(ids)))).all()

    async def levels_of_variants(self, variant_ids: Collection[str]) -> Sequence[StockLevelRow]:
        level = StockLevelRow
        statement = select(level).where(level.variant_id.in_(variant_ids)).order_by(level.warehouse_id)
        return (await self._session.scalars(statement)).all()

    async def level_page(self, query: StockLevelQuery, request: PageRequest) -> Sequence[StockLevelRow]:
        """Levels by id."""
        keys = (StockLevelRow.__table__.c.id,)
        statement = _matching(select(StockLevelRow), query).where(*keyset_after(keys, request))
        return (
            await self._session.scalars(statement.order_by(*keyset_order(keys, request)).limit(request.fetch_limit))
        ).all()

    async def level_count(self, query: StockLevelQuery) -> int:
        statement = _matching(select(func.count()).select_from(StockLevelRow), query)
        return await self._session.scalar(statement) or 0


def position(variant_id: str, available: int, backorder_limit: int, warehouse: WarehouseRow) -> StockPosition:
    """A level's selling view; what the backlog already took of the backorder limit is gone."""
    return StockPosition(
        variant_id=variant_id,
        warehouse_id=warehouse.id,
        available=available,
        backorder_capacity=max(0, backorder_limit + min(0, available)),
        country=warehouse.country,
        priority=warehouse.priority,
        serves_countries=frozenset(warehouse.serves_countries),
        active=warehouse.active,
    )


def _matching(statement: Select[Any], query: StockLevelQuery) -> Select[Any]:
    level, variant = StockLevelRow, StockedVariantRow
    available = level.on_hand - level.reserved - level.safety_stock
    if query.variant_ids is not None:
        statement = statement.where(level.variant_id.in_(query.variant_ids))
    if query.excluded_variant_ids:
        statement = statement.where(level.variant_id.not_in(query.excluded_variant_ids))
    if query.warehouse_ids is not None:
        statement = statement.where(level.warehouse_id.in_(query.warehouse_ids))
    if query.excluded_warehouse_ids:
        statement = statement.where(level.warehouse_id.not_in(query.excluded_warehouse_ids))
    if query.skus is not None or query.sku_contains is not None or query.sku_starts_with is not None:
        statement = statement.join(variant, variant.variant_id == level.variant_id)
    if query.skus is not None:
        statement = statement.where(variant.sku.in_(query.skus))
    if query.sku_contains is not None:
        statement = statement.where(variant.sku.contains(query.sku_contains, autoescape=True))
    if query.sku_starts_with is not None:
        statement = statement.where(variant.sku.startswith(query.sku_starts_with, autoescape=True))
    if query.available_at_least is not None:
        statement = statement.where(available >= query.available_at_least)
    if query.available_at_most is not None:
        statement = statement.where(available <= query.available_at_most)
    if query.below_reorder_point is not None:
        below = func.coalesce(available <= level.reorder_point, False)
        statement = statement.where(below.is_(query.below_reorder_point))
    if query.updated_from is not None:
        statement = statement.where(level.updated_at >= query.updated_from)
    if query.updated_before is not None:
        statement = statement.where(level.updated_at < query.updated_before)
    return statement
