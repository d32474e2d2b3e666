"""All SQL that reads orders."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from shared.db import keyset_after, keyset_order
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

HIDDEN_STATUSES: Final = ("CREATED", "REJECTED")
"""States of a checkout that is under way or was undone: not part of a customer's history."""


@dataclass(frozen=True, slots=True)
class OrderQuery:
    """Which of a customer's orders to list; empty collections leave a criterion out."""

    numbers: frozenset[str] = frozenset()
    statuses: frozenset[str] = frozenset()
    payment_statuses: frozenset[str] = frozenset()
    fulfillment_statuses: frozenset[str] = frozenset()
    placed_from: datetime | None = None
    placed_before: datetime | None = None


@dataclass(frozen=True, slots=True)
class OrderSort:
    """A column of ``customer_order`` and a direction; the id breaks ties."""

    name: str
    key_type: Any
    column: str
    descending: bool

    def key(self, row: OrderRow) -> tuple[Any, str]:
        """The sort key of a row, for its cursor."""
        return getattr(row, self.column), row.id


class OrderRepository:
    """Orders and what hangs on them, in one session."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def by_ids(self, ids: Collection[str]) -> Sequence[OrderRow]:
        return (await self._session.scalars(select(OrderRow).where(OrderRow.id.in_(ids)))).all()

    async def by_numbers(self, numbers: Collection[str]) -> Sequence[OrderRow]:
        return (await self._session.scalars(select(OrderRow).where(OrderRow.number.in_(numbers)))).all()

    async def pages(
        self, customer_ids: Collection[str], query: OrderQuery, sort: OrderSort, request: PageRequest
    ) -> Sequence[OrderRow]:
        """The same page of each customer's orders, in the order of ``sort``, in one query."""
        table = OrderRow.__table__.c
        keys: tuple[ColumnElement[Any], ...] = (table[sort.column], table.id)
        order = keyset_order(keys, request, descending=sort.descending)
        place = func.row_number().over(partition_by=table.customer_id, order_by=order).label("place")
        ranked = (
            _of_customers(select(table.id, place), customer_ids, query)
            .where(*keyset_after(keys, request, descending=sort.descending))
            .subquery()
        )
        statement = select(OrderRow).join(ranked, ranked.c.id == table.id)
        statement = statement.where(ranked.c.place <= request.fetch_limit).order_by(*order)
        return (await self._session.scalars(statement)).all()

    async def counts(self, customer_ids: Collection[str], query: OrderQuery) -> dict[str, int]:
        """Orders by customer; who has none is absent."""
        statement = select(OrderRow.customer_id, func.count()).group_by(OrderRow.customer_id)
        rows = await self._session.execute(_of_customers(statement, customer_ids, query))
        return {customer_id: count for customer_id, count in rows if customer_id is not None}

    async def lines_by_ids(self, ids: Collection[str]) -> Sequence[OrderLineRow]:
        return (await self._session.scalars(select(OrderLineRow).where(OrderLineRow.id.in_(ids)))).all()

    async def lines(self, order_ids: Collection[str]) -> Sequence[OrderLineRow]:
        line = OrderLineRow
        statement = select(line).where(line.order_id.in_(order_ids)).order_by(line.order_id, line.position)
        return (await self._session.scalars(statement)).all()

    async def payments(self, order_ids: Collection[str]) -> Sequence[PaymentRow]:
        row = PaymentRow
        statement = select(row).where(row.order_id.in_(order_ids)).order_by(row.created_at, row.id)
        return (await self._session.scalars(statement)).all()

    async def transactions(self, payment_ids: Collection[str]) -> Sequence[PaymentTransactionRow]:
        row = PaymentTransactionRow
        statement = select(row).where(row.payment_id.in_(payment_ids)).order_by(row.occurred_at, row.id)
        return (await self._session.scalars(statement)).all()

    async def fulfillments(self, order_ids: Collection[str]) -> Sequence[FulfillmentRow]:
        row = FulfillmentRow
        statement = select(row).where(row.order_id.in_(order_ids)).order_by(row.id)
        return (await self._session.scalars(statement)).all()

    async def fulfillment_lines(self, ids: Collection[str]) -> Sequence[FulfillmentLineRow]:
        row = FulfillmentLineRow
        statement = select(row).where(row.fulfillment_id.in_(ids)).order_by(row.fulfillment_id, row.order_line_id)
        return (await self._session.scalars(statement)).all()

    async def timelines(self, order_ids: Collection[str], per_order: int) -> Sequence[TimelineRow]:
        """The first ``per_order`` entries of each order, oldest first."""
        row = TimelineRow
        place = func.row_number().over(partition_by=row.order_id, order_by=(row.occurred_at, row.id)).label("place")
        ranked = select(row.id, place).where(row.order_id.in_(order_ids)).subquery()
        statement = (
            select(row)
            .join(ranked, ranked.c.id == row.id)
            .where(ranked.c.place <= per_order)
            .order_by(row.order_id, row.occurred_at, row.id)
        )
        return (await self._session.scalars(statement)).all()

    async def timeline_page(self, order_id: str, request: PageRequest) -> Sequence[TimelineRow]:
        """A later page of one order's timeline."""
        table = TimelineRow.__table__.c
        keys = (table.occurred_at, table.id)
        statement = select(TimelineRow).where(TimelineRow.order_id == order_id, *keyset_after(keys, request))
        statement = statement.order_by(*keyset_order(keys, request)).limit(request.fetch_limit)
        return (await self._session.scalars(statement)).all()

    async def timeline_counts(self, order_ids: Collection[str]) -> dict[str, int]:
        """Entries by order."""
        row = TimelineRow
        statement = select(row.order_id, func.count()).where(row.order_id.in_(order_ids)).group_by(row.order_id)
        return {order_id: int(count) for order_id, count in await self._session.execute(statement)}


def _of_customers(statement: Any, customer_ids: Collection[str], query: OrderQuery) -> Any:
    row = OrderRow
    statement = statement.where(row.customer_id.in_(customer_ids), row.status.not_in(HIDDEN_STATUSES))
    for column, wanted in (
        (row.number, query.numbers),
        (row.status, query.statuses),
        (row.payment_status, query.payment_statuses),
        (row.fulfillment_status, query.fulfillment_statuses),
    ):
        if wanted:
            statement = statement.where(column.in_(wanted))
    if query.placed_from is not None:
        statement = statement.where(row.placed_at >= query.placed_from)
    if query.placed_before is not None:
        statement = statement.where(row.placed_at < query.placed_before)
    return statement
