"""All SQL of carts. A cart's row is locked before it or its lines change."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncSession

from subgraphs.orders.cart.view import CartStatus, CartView, view_cart
from subgraphs.orders.models import CartLineRow, CartRow


class CartRepository:
    """Carts in one session."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def load(self, cart_id: str) -> CartView | None:
        """The cart as it is, without a lock."""
        row = await self._session.get(CartRow, cart_id, populate_existing=True)
        return None if row is None else view_cart(row, await self.lines(cart_id))

    async def lock(self, cart_id: str) -> CartRow | None:
        statement = select(CartRow).where(CartRow.id == cart_id).with_for_update()
        return (await self._session.scalars(statement.execution_options(populate_existing=True))).one_or_none()

    async def lines(self, cart_id: str) -> Sequence[CartLineRow]:
        statement = select(CartLineRow).where(CartLineRow.cart_id == cart_id)
        return (await self._session.scalars(statement.execution_options(populate_existing=True))).all()

    async def newest_active(self, customer_id: str) -> CartView | None:
        """The cart that a customer last changed."""
        statement = (
            select(CartRow)
            .where(CartRow.customer_id == customer_id, CartRow.status == CartStatus.ACTIVE.value)
            .order_by(CartRow.updated_at.desc(), CartRow.id.desc())
            .limit(1)
        )
        row = (await self._session.scalars(statement)).one_or_none()
        return None if row is None else view_cart(row, await self.lines(row.id))

    async def change_status(self, cart_id: str, before: CartStatus, after: CartStatus, now: datetime) -> bool:
        """Compare and set; False when the cart was not in ``before``."""
        statement = (
            update(CartRow)
            .where(CartRow.id == cart_id, CartRow.status == before.value)
            .values(status=after.value, updated_at=now, version=CartRow.version + 1)
            .returning(CartRow.id)
        )
        return (await self._session.execute(statement)).scalar_one_or_none() is not None
