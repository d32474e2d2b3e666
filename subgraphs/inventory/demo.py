"""Loads the demo's warehouses and stock, with the receipts that explain it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from functools import partial
from itertools import islice

from sqlalchemy.ext.asyncio import AsyncConnection

from shared.db import copy_rows
from shared.db.demo_load import load_once
from shared.demo import WAREHOUSES, Catalogue, StockLevel, Variant, Warehouse, stock_of
from shared.ids import derived_id
from shared.subgraph_app import SeedRequest
from subgraphs.inventory.domain import StockMovementType
from subgraphs.inventory.settings import InventorySettings

TABLES = ("reservation_line", "reservation", "stock_movement", "stock_level", "stocked_variant", "warehouse")
CHUNK_VARIANTS = 2_000

_WAREHOUSE_COLUMNS = (
    "id",
    "code",
    "name",
    "country",
    "postal_code",
    "latitude",
    "longitude",
    "active",
    "priority",
    "serves_countries",
    "version",
)
_LEVEL_COLUMNS = (
    "id",
    "variant_id",
    "warehouse_id",
    "on_hand",
    "reserved",
    "safety_stock",
    "incoming",
    "backorder_limit",
    "reorder_point",
    "reorder_quantity",
    "counted_at",
    "updated_at",
    "version",
)
_MOVEMENT_COLUMNS = (
    "id",
    "type",
    "variant_id",
    "warehouse_id",
    "on_hand_delta",
    "reserved_delta",
    "reason",
    "occurred_at",
)


async def seed(settings: InventorySettings, request: SeedRequest) -> None:
    """Load once; a second call with the same size does nothing."""
    load = partial(_load, request=request)
    await load_once(settings.database, "inventory", request.size, load, tables=TABLES, reset=request.reset)


async def _load(connection: AsyncConnection, request: SeedRequest) -> None:
    now = datetime.now(UTC)
    await copy_rows(connection, "warehouse", _WAREHOUSE_COLUMNS, map(_warehouse, WAREHOUSES))
    variants = (
        variant for chunk in Catalogue(request.size).products() for product in chunk for variant in product.variants
    )
    done = 0
    while chunk := tuple(islice(variants, CHUNK_VARIANTS)):
        await _load_variants(connection, chunk, now)
        done += len(chunk)
        request.progress("stock", done, request.size)


async def _load_variants(connection: AsyncConnection, variants: Sequence[Variant], now: datetime) -> None:
    levels = [level for variant in variants for level in stock_of(variant)]
    await copy_rows(
        connection,
        "stocked_variant",
        ("variant_id", "product_id", "sku"),
        ((variant.id, variant.product_id, variant.sku) for variant in variants),
    )
    await copy_rows(connection, "stock_level", _LEVEL_COLUMNS, (_level(level, now) for level in levels))
    await copy_rows(connection, "stock_movement", _MOVEMENT_COLUMNS, _receipts(levels, now))


def _warehouse(warehouse: Warehouse) -> tuple[object, ...]:
    return (
        warehouse.id,
        warehouse.code,
        warehouse.name,
        warehouse.country,
        warehouse.postal_code,
        warehouse.latitude,
        warehouse.longitude,
        True,
        warehouse.priority,
        list(warehouse.serves_countries),
        1,
    )


def _level(level: StockLevel, now: datetime) -> tuple[object, ...]:
    return (
        level.id,
        level.variant_id,
        level.warehouse_id,
        level.on_hand,
        0,
        0,
        0,
        0,
        level.reorder_point,
        level.reorder_quantity,
        now,
        now,
        1,
    )


def _receipts(levels: Sequence[StockLevel], now: datetime) -> Iterator[tuple[object, ...]]:
    """The ledger explains every unit: its deltas add up to the levels."""
    for level in levels:
        if level.on_hand:
            yield (
                derived_id("mov", "demo", level.id),
                StockMovementType.RECEIPT.value,
                level.variant_id,
                level.warehouse_id,
                level.on_hand,
                0,
                "opening stock",
                now,
            )
