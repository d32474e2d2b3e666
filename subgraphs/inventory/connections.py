"""Connections of inventory. ``totalCount`` is counted only when it is selected."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

import strawberry

from shared.pagination import Page
from shared.subgraph_app.strawberry_prelude import PageInfo, page_info
from subgraphs.inventory.models import StockLevelRow, WarehouseRow
from subgraphs.inventory.types import StockLevel, Warehouse

Counter = Callable[[], Awaitable[int]]


@strawberry.type
class WarehouseEdge:
    cursor: str
    node: Warehouse


@strawberry.type
class WarehouseConnection:
    count: strawberry.Private[Counter]
    edges: list[WarehouseEdge]
    nodes: list[Warehouse]
    page_info: PageInfo

    @strawberry.field
    async def total_count(self) -> int:
        return await self.count()

    @classmethod
    def of(cls, page: Page[WarehouseRow], count: Counter) -> WarehouseConnection:
        nodes = [Warehouse.from_row(row) for row in page.items]
        edges = [WarehouseEdge(cursor=cursor, node=node) for cursor, node in zip(page.cursors, nodes, strict=True)]
        return cls(count=count, edges=edges, nodes=nodes, page_info=page_info(page))


@strawberry.type
class StockLevelEdge:
    cursor: str
    node: StockLevel


@strawberry.type
class StockLevelConnection:
    count: strawberry.Private[Counter]
    edges: list[StockLevelEdge]
    nodes: list[StockLevel]
    page_info: PageInfo

    @strawberry.field
    async def total_count(self) -> int:
        return await self.count()

    @classmethod
    def of(cls, page: Page[StockLevelRow], count: Counter) -> StockLevelConnection:
        nodes = [StockLevel.from_row(row) for row in page.items]
        edges = [StockLevelEdge(cursor=cursor, node=node) for cursor, node in zip(page.cursors, nodes, strict=True)]
        return cls(count=count, edges=edges, nodes=nodes, page_info=page_info(page))
