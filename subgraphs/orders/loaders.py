"""DataLoaders: the sole read path of what hangs on an entity. One request has one set of them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from strawberry.dataloader import DataLoader

from shared.db import Sessions
from shared.pagination import PageRequest
from subgraphs.orders.models import (
    FulfillmentLineRow,
    FulfillmentRow,
    OrderLineRow,
    OrderRow,
    PaymentRow,
    PaymentTransactionRow,
    TimelineRow,
)
from subgraphs.orders.order.repository import OrderQuery, OrderRepository, OrderSort

RowT = TypeVar("RowT")


@dataclass(frozen=True, slots=True)
class OrderPageKey:
    """One customer's page; equal but for the customer are loaded together."""

    customer_id: str
    query: OrderQuery
    sort: OrderSort
    request: PageRequest


@dataclass(frozen=True, slots=True)
class TimelineKey:
    """The beginning of one order's timeline."""

    order_id: str
    limit: int


class OrdersLoaders:
    """Rows by the id that they hang on."""

    def __init__(self, sessions: Sessions) -> None:
        self._sessions = sessions
        self.order: DataLoader[str, OrderRow | None] = DataLoader(load_fn=self._orders)
        self.line: DataLoader[str, OrderLineRow | None] = DataLoader(load_fn=self._lines_by_id)
        self.lines: DataLoader[str, list[OrderLineRow]] = DataLoader(load_fn=self._lines)
        self.payments: DataLoader[str, list[PaymentRow]] = DataLoader(load_fn=self._payments)
        self.transactions: DataLoader[str, list[PaymentTransactionRow]] = DataLoader(load_fn=self._transactions)
        self.fulfillments: DataLoader[str, list[FulfillmentRow]] = DataLoader(load_fn=self._fulfillments)
        self.fulfillment_lines: DataLoader[str, list[FulfillmentLineRow]] = DataLoader(load_fn=self._parcel_lines)
        self.timeline: DataLoader[TimelineKey, list[TimelineRow]] = DataLoader(load_fn=self._timelines)
        self.timeline_count: DataLoader[str, int] = DataLoader(load_fn=self._timeline_counts)
        self.order_page: DataLoader[OrderPageKey, list[OrderRow]] = DataLoader(load_fn=self._pages)
        self.order_count: DataLoader[tuple[str, OrderQuery], int] = DataLoader(load_fn=self._counts)

    async def _orders(self, ids: Sequence[str]) -> list[OrderRow | None]:
        async with self._sessions() as session:
            found = {row.id: row for row in await OrderRepository(session).by_ids(ids)}
        return [found.get(each) for each in ids]

    async def _lines_by_id(self, ids: Sequence[str]) -> list[OrderLineRow | None]:
        async with self._sessions() as session:
            found = {row.id: row for row in await OrderRepository(session).lines_by_ids(ids)}
        return [found.get(each) for each in ids]

    async def _lines(self, order_ids: Sequence[str]) -> list[list[OrderLineRow]]:
        async with self._sessions() as session:
            return _grouped(await OrderRepository(session).lines(order_ids), order_ids, lambda row: row.order_id)

    async def _payments(self, order_ids: Sequence[str]) -> list[list[PaymentRow]]:
        async with self._sessions() as session:
            return _grouped(await OrderRepository(session).payments(order_ids), order_ids, lambda row: row.order_id)

    async def _transactions(self, payment_ids: Sequence[str]) -> list[list[PaymentTransactionRow]]:
        async with self._sessions() as session:
            rows = await OrderRepository(session).transactions(payment_ids)
        return _grouped(rows, payment_ids, lambda row: row.payment_id)

    async def _fulfillments(self, order_ids: Sequence[str]) -> list[list[FulfillmentRow]]:
        async with self._sessions() as session:
            rows = await OrderRepository(session).fulfillments(order_ids)
        return _grouped(rows, order_ids, lambda row: row.order_id)

    async def _parcel_lines(self, ids: Sequence[str]) -> list[list[FulfillmentLineRow]]:
        async with self._sessions() as session:
            rows = await OrderRepository(session).fulfillment_lines(ids)
        return _grouped(rows, ids, lambda row: row.fulfillment_id)

    async def _timelines(self, keys: Sequence[TimelineKey]) -> list[list[TimelineRow]]:
        async with self._sessions() as session:
            rows = await OrderRepository(session).timelines(
                {key.order_id for key in keys}, max(key.limit for key in keys)
            )
        groups = _grouped(rows, [key.order_id for key in keys], lambda row: row.order_id)
        return [group[: key.limit] for key, group in zip(keys, groups, strict=True)]

    async def _timeline_counts(self, order_ids: Sequence[str]) -> list[int]:
        async with self._sessions() as session:
            counts = await OrderRepository(session).timeline_counts(order_ids)
        return [counts.get(order_id, 0) for order_id in order_ids]

    async def _pages(self, keys: Sequence[OrderPageKey]) -> list[list[OrderRow]]:
        by_shape: dict[tuple[OrderQuery, OrderSort, PageRequest], set[str]] = defaultdict(set)
        for key in keys:
            by_shape[key.query, key.sort, key.request].add(key.customer_id)
        found: dict[OrderPageKey, list[OrderRow]] = defaultdict(list)
        async with self._sessions() as session:
            for (query, sort, request), customers in by_shape.items():
                for row in await OrderRepository(session).pages(customers, query, sort, request):
                    found[OrderPageKey(str(row.customer_id), query, sort, request)].append(row)
        return [found[key] for key in keys]

    async def _counts(self, keys: Sequence[tuple[str, OrderQuery]]) -> list[int]:
        counts: dict[tuple[str, OrderQuery], int] = {}
        async with self._sessions() as session:
            for query in {query for _, query in keys}:
                customers = {customer for customer, wanted in keys if wanted == query}
                found = await OrderRepository(session).counts(customers, query)
                counts |= {(customer, query): found.get(customer, 0) for customer in customers}
        return [counts[key] for key in keys]


def _grouped(rows: Iterable[RowT], keys: Sequence[str], key_of: Callable[[RowT], Any]) -> list[list[RowT]]:
    groups: dict[str, list[RowT]] = defaultdict(list)
    for row in rows:
        groups[key_of(row)].append(row)
    return [groups[key] for key in keys]
