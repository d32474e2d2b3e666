"""The inventory subgraph's GraphQL schema: root fields, and how its entities are resolved."""

from __future__ import annotations

from collections.abc import Awaitable, Mapping, Sequence
from typing import Any, Final

import strawberry

from shared.pagination import make_page, page_request
from shared.subgraph_app import EntityResolver
from shared.subgraph_app.strawberry_prelude import federation_schema
from subgraphs.inventory.connections import StockLevelConnection, WarehouseConnection
from subgraphs.inventory.context import InventoryContext, InventoryInfo
from subgraphs.inventory.errors import InventoryFailure
from subgraphs.inventory.inputs import ReservationInput, StockLevelFilter
from subgraphs.inventory.models import ReservationRow
from subgraphs.inventory.repository import StockLevelQuery, StockRepository
from subgraphs.inventory.types import (
    READ,
    RESERVE,
    Product,
    ProductVariant,
    Reservation,
    ReservationPayload,
    StockLevel,
    Warehouse,
)

DEFAULT_PAGE_SIZE: Final = 50


@strawberry.type
class Query:
    @strawberry.federation.field(tags=["admin"], requires_scopes=READ)
    async def warehouses(
        self, info: InventoryInfo, first: int | None = DEFAULT_PAGE_SIZE, after: str | None = strawberry.UNSET
    ) -> WarehouseConnection | None:
        request = page_request("priority", (int, str), first=first, after=after or None)
        sessions = info.context.sessions
        async with sessions() as session:
            rows = await StockRepository(session).warehouse_page(request)
        page = make_page(rows, request, order="priority", key=lambda row: (row.priority, row.id))

        async def count() -> int:
            async with sessions() as session:
                return await StockRepository(session).warehouse_count()

        return WarehouseConnection.of(page, count)

    @strawberry.federation.field(requires_scopes=READ)
    async def stock_levels(
        self,
        info: InventoryInfo,
        first: int | None = DEFAULT_PAGE_SIZE,
        after: str | None = strawberry.UNSET,
        filter: StockLevelFilter | None = strawberry.UNSET,  # noqa: A002 - the schema's name
    ) -> StockLevelConnection | None:
        request = page_request("id", (str,), first=first, after=after or None)
        query = filter.to_query() if filter else StockLevelQuery()
        sessions = info.context.sessions
        async with sessions() as session:
            rows = await StockRepository(session).level_page(query, request)
        page = make_page(rows, request, order="id", key=lambda row: (row.id,))

        async def count() -> int:
            async with sessions() as session:
                return await StockRepository(session).level_count(query)

        return StockLevelConnection.of(page, count)


@strawberry.type
class Mutation:
    @strawberry.federation.mutation(
        tags=["internal"],
        requires_scopes=RESERVE,
        description="Saga step 2. All-or-nothing over lines; rows locked in (variantId, warehouseId) order.",
    )
    async def reservation_create(
        self,
        info: InventoryInfo,
        input: ReservationInput,  # noqa: A002 - the schema's name
        idempotency_key: str,
    ) -> ReservationPayload | None:
        context = info.context
        caller = context.principal.subject or ""
        return await _payload(context.reservations.create(input.to_request(), caller=caller, key=idempotency_key))

    @strawberry.federation.mutation(tags=["internal"], requires_scopes=RESERVE)
    async def reservation_extend(
        self,
        info: InventoryInfo,
        id: strawberry.ID,  # noqa: A002
        ttl_seconds: int,
    ) -> ReservationPayload | None:
        return await _payload(info.context.reservations.extend(id, ttl_seconds))

    @strawberry.federation.mutation(
        tags=["internal"], requires_scopes=RESERVE, description="Saga step 6: HELD -> COMMITTED."
    )
    async def reservation_commit(
        self,
        info: InventoryInfo,
        id: strawberry.ID,  # noqa: A002
        order_id: strawberry.ID,
    ) -> ReservationPayload | None:
        return await _payload(info.context.reservations.commit(id, order_id))

    @strawberry.federation.mutation(
        tags=["internal"],
        requires_scopes=RESERVE,
        description="Compensation; a no-op success when already released or expired.",
    )
    async def reservation_release(
        self,
        info: InventoryInfo,
        id: strawberry.ID,  # noqa: A002
        reason: str | None = strawberry.UNSET,
    ) -> ReservationPayload | None:
        return await _payload(info.context.reservations.release(id, reason or None))


async def _payload(use_case: Awaitable[ReservationRow]) -> ReservationPayload:
    try:
        return ReservationPayload(reservation=Reservation.from_row(await use_case), user_errors=[])
    except InventoryFailure as failure:
        return ReservationPayload.refused(failure.problems)


schema: Final = federation_schema(Query, Mutation, types=[Product, ProductVariant, Warehouse, StockLevel, Reservation])

Representations = Sequence[Mapping[str, Any]]


async def resolve_products(_: InventoryContext, representations: Representations) -> Sequence[object | None]:
    """Whatever product it is; its variants come with the representation when availability is asked for."""
    return [Product(id=each["id"], variant_ids=each.get("variantIds", [])) for each in representations]


async def resolve_variants(_: InventoryContext, representations: Representations) -> Sequence[object | None]:
    """Whatever variant it is: an unknown one is UNAVAILABLE."""
    return [ProductVariant(id=each["id"]) for each in representations]


async def resolve_warehouses(context: InventoryContext, representations: Representations) -> Sequence[object | None]:
    """By id or by code."""
    async with context.sessions() as session:
        stock = StockRepository(session)
        by_id = await stock.warehouses_by_id([each["id"] for each in representations if "id" in each])
        by_code = await stock.warehouses_by_code([each["code"] for each in representations if "id" not in each])
    found = {row.id: row for row in by_id} | {row.code: row for row in by_code}
    rows = [found.get(each.get("id") or each["code"]) for each in representations]
    return [Warehouse.from_row(row) if row else None for row in rows]


async def resolve_levels(context: InventoryContext, representations: Representations) -> Sequence[object | None]:
    """For those who may read stock; null for everybody else."""
    if not context.principal.has_scope("inventory:read"):
        return [None] * len(representations)
    async with context.sessions() as session:
        found = {row.id: row for row in await StockRepository(session).levels_by_id(_ids(representations))}
    rows = [found.get(each["id"]) for each in representations]
    return [StockLevel.from_row(row) if row else None for row in rows]


async def resolve_reservations(context: InventoryContext, representations: Representations) -> Sequence[object | None]:
    """For the saga and for staff; null for everybody else."""
    if not context.principal.has_any_scope("inventory:reserve", "inventory:read", "orders:read_all"):
        return [None] * len(representations)
    async with context.sessions() as session:
        found = {row.id: row for row in await StockRepository(session).reservations(_ids(representations))}
    rows = [found.get(each["id"]) for each in representations]
    return [Reservation.from_row(row) if row else None for row in rows]


def _ids(representations: Representations) -> list[str]:
    return [each["id"] for each in representations]


ENTITIES: Final[Mapping[str, EntityResolver]] = {
    "Product": resolve_products,
    "ProductVariant": resolve_variants,
    "Warehouse": resolve_warehouses,
    "StockLevel": resolve_levels,
    "Reservation": resolve_reservations,
}
