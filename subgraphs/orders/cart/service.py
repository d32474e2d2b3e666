"""The use cases of carts. What products say is fetched before the transaction, never inside one."""

from __future__ import annotations

from collections.abc import AsyncIterator, Collection, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Final

from sqlalchemy.ext.asyncio import AsyncSession

from shared.auth import Principal
from shared.clock import Clock
from shared.db import Sessions, unit_of_work
from shared.errors import DownstreamUnavailable
from shared.ids import has_prefix, new_id
from shared.service_client import ServiceUnavailable
from subgraphs.orders.cart.inputs import MAX_LINES, MAX_QUANTITY, Buyer, LineToAdd, LineToUpdate
from subgraphs.orders.cart.repository import CartRepository
from subgraphs.orders.cart.view import CartStatus, CartView, may_change, may_see, view_cart
from subgraphs.orders.clients import Products, VariantSnapshot
from subgraphs.orders.errors import (
    CartNotActive,
    CartNotFound,
    OrderErrorCode,
    OrderFailure,
    OrderProblem,
    VersionConflict,
    failure,
)
from subgraphs.orders.models import CartLineRow, CartRow
from subgraphs.orders.pricing import find_rate

SOURCE: Final = "/orders"
CART_LIFETIME: Final = timedelta(days=30)
_CHANGEABLE: Final = (CartStatus.ACTIVE, CartStatus.ABANDONED)

Snapshots = Mapping[str, VariantSnapshot]


@dataclass(slots=True)
class _OpenCart:
    """A locked cart in its transaction."""

    session: AsyncSession
    row: CartRow
    lines: list[CartLineRow]


class CartService:
    """Reads and changes carts on behalf of a caller."""

    def __init__(self, sessions: Sessions, clock: Clock, products: Products) -> None:
        self._sessions = sessions
        self._clock = clock
        self._products = products

    async def read(self, cart_id: str, caller: Principal) -> CartView | None:
        """The cart; None when there is none that ``caller`` may see."""
        if not has_prefix(cart_id, "cart"):
            return None
        async with self._sessions() as session:
            cart = await CartRepository(session).load(cart_id)
        return cart if cart is not None and may_see(cart.row, caller) else None

    async def newest_active(self, customer_id: str) -> CartView | None:
        async with self._sessions() as session:
            return await CartRepository(session).newest_active(customer_id)

    async def create(self, caller: Principal, buyer: Buyer, lines: Sequence[LineToAdd]) -> CartView:
        """A new cart, of the caller or of nobody yet."""
        now = self._clock.now()
        row = CartRow(
            id=new_id("cart"),
            status=CartStatus.ACTIVE.value,
            customer_id=caller.subject if caller.kind == "user" else None,
            currency=buyer.currency or "EUR",
            country=buyer.country or "DE",
            language=buyer.language or "en",
            email=buyer.email,
            expires_at=now + CART_LIFETIME,
            created_at=now,
            updated_at=now,
            version=1,
        )
        snapshots = await self._fetch(row, {line.variant_id for line in lines})
        async with unit_of_work(self._sessions, source=SOURCE, clock=self._clock) as work:
            work.session.add(row)
            await work.session.flush()
            cart = _OpenCart(work.session, row, [])
            _add(cart, lines, snapshots)
            await work.session.flush()
        return view_cart(cart.row, cart.lines)

    async def add_lines(self, cart_id: str, caller: Principal, lines: Sequence[LineToAdd]) -> CartView:
        """Add units; a line of the same variant and attributes grows."""
        snapshots = await self._snapshots(cart_id, caller, {line.variant_id for line in lines})
        async with self._change(cart_id, caller) as cart:
            _refresh(cart, snapshots)
            _add(cart, lines, snapshots)
        return view_cart(cart.row, cart.lines)

    async def update_lines(
        self, cart_id: str, caller: Principal, updates: Sequence[LineToUpdate], expected_version: int | None
    ) -> CartView:
        """Set quantities and attributes; prices of all lines are brought up to date."""
        snapshots = await self._snapshots(cart_id, caller, ())
        async with self._change(cart_id, caller, expected_version) as cart:
            _refresh(cart, snapshots)
            _require_lines(cart, [update.line_id for update in updates])
            for update in updates:
                _update(cart, update)
            await _delete_empty(cart)
        return view_cart(cart.row, cart.lines)

    async def remove_lines(self, cart_id: str, caller: Principal, line_ids: Sequence[str]) -> CartView:
        """Remove lines."""
        async with self._change(cart_id, caller) as cart:
            _require_lines(cart, line_ids)
            for line in cart.lines:
                if line.id in line_ids:
                    line.quantity = 0
            await _delete_empty(cart)
        return view_cart(cart.row, cart.lines)

    async def update_buyer(self, cart_id: str, caller: Principal, buyer: Buyer) -> CartView:
        """Set who buys; another currency, country or language prices all lines anew."""
        snapshots = await self._snapshots(cart_id, caller, (), buyer)
        async with self._change(cart_id, caller) as cart:
            row = cart.row
            row.email = buyer.email or row.email
            row.currency = buyer.currency or row.currency
            row.country = buyer.country or row.country
            row.language = buyer.language or row.language
            _refresh(cart, snapshots)
        return view_cart(cart.row, cart.lines)

    async def set_addresses(
        self,
        cart_id: str,
        caller: Principal,
        shipping: dict[str, Any] | None,
        billing: dict[str, Any] | None,
        *,
        same: bool,
    ) -> CartView:
        """Set addresses; the shipping address decides the cart's country, and with it rates and tax."""
        async with self._change(cart_id, caller) as cart:
            if shipping is not None:
                cart.row.shipping_address = shipping
                cart.row.country = shipping["country"]
            if billing is not None:
                cart.row.billing_address = billing
            elif same:
                cart.row.billing_address = cart.row.shipping_address
        return view_cart(cart.row, cart.lines)

    async def select_rate(self, cart_id: str, caller: Principal, rate_id: str) -> CartView:
        """Choose how to ship, among what the cart offers now."""
        async with self._change(cart_id, caller) as cart:
            if find_rate(rate_id, cart.row.country, cart.row.currency) is None:
                message = "This way of shipping does not serve the cart's destination."
                raise failure(OrderErrorCode.SHIPPING_RATE_UNAVAILABLE, message, "rateId")
            cart.row.shipping_rate_code = rate_id
        return view_cart(cart.row, cart.lines)

    async def set_note(self, cart_id: str, caller: Principal, note: str | None) -> CartView:
        """Set or clear the note."""
        async with self._change(cart_id, caller) as cart:
            cart.row.note = note
        return view_cart(cart.row, cart.lines)

    @asynccontextmanager
    async def _change(
        self, cart_id: str, caller: Principal, expected_version: int | None = None
    ) -> AsyncIterator[_OpenCart]:
        """A locked, changeable cart; leaving the block stores it. A guest's cart becomes the signed-in caller's."""
        if not has_prefix(cart_id, "cart"):
            raise CartNotFound
        async with unit_of_work(self._sessions, source=SOURCE, clock=self._clock) as work:
            carts = CartRepository(work.session)
            row = await carts.lock(cart_id)
            if row is None or not may_change(row, caller):
                raise CartNotFound
            if row.status not in _CHANGEABLE:
                raise CartNotActive(row.status)
            if expected_version is not None and row.version != expected_version:
                raise VersionConflict(row.version)
            cart = _OpenCart(work.session, row, list(await carts.lines(cart_id)))
            yield cart
            _touch(row, caller, self._clock)
            await work.session.flush()

    async def _snapshots(
        self, cart_id: str, caller: Principal, more: Collection[str], buyer: Buyer | None = None
    ) -> Snapshots:
        """Current facts of the cart's variants and ``more``, in the market that the cart will have."""
        cart = await self.read(cart_id, caller)
        if cart is None:
            raise CartNotFound
        wanted = {line.variant_id for line in cart.lines}.union(more)
        return await self._fetch(cart.row, wanted, buyer)

    async def _fetch(self, row: CartRow, variant_ids: Collection[str], buyer: Buyer | None = None) -> Snapshots:
        if not variant_ids:
            return {}
        try:
            return await self._products.variants(
                variant_ids,
                currency=buyer.currency or row.currency if buyer else row.currency,
                country=buyer.country or row.country if buyer else row.country,
                language=buyer.language or row.language if buyer else row.language,
            )
        except ServiceUnavailable as error:
            raise DownstreamUnavailable("products") from error


def _touch(row: CartRow, caller: Principal, clock: Clock) -> None:
    now = clock.now()
    if row.customer_id is None and caller.kind == "user":
        row.customer_id = caller.subject
    row.status = CartStatus.ACTIVE.value
    row.updated_at = now
    row.expires_at = now + CART_LIFETIME
    row.version += 1


def _add(cart: _OpenCart, lines: Sequence[LineToAdd], snapshots: Snapshots) -> None:
    problems: list[OrderProblem] = []
    for index, line in enumerate(lines):
        problem = _add_line(cart, line, snapshots.get(line.variant_id), str(index))
        if problem is not None:
            problems.append(problem)
    if problems:
        raise OrderFailure(problems)
    if len(cart.lines) > MAX_LINES:
        raise failure(OrderErrorCode.INVALID, f"A cart has at most {MAX_LINES} lines.", "lines")


def _add_line(cart: _OpenCart, line: LineToAdd, variant: VariantSnapshot | None, index: str) -> OrderProblem | None:
    if variant is None or variant.unit_price is None:
        message = "The variant is not sold in this market."
        return OrderProblem(OrderErrorCode.VARIANT_UNAVAILABLE, message, ("lines", index, "variantId"))
    key = line.attributes_key
    row = next((row for row in cart.lines if (row.variant_id, row.attributes_key) == (line.variant_id, key)), None)
    if row is None:
        row = CartLineRow(
            id=new_id("cln"),
            cart_id=cart.row.id,
            position=max((each.position for each in cart.lines), default=0) + 1,
            variant_id=line.variant_id,
            quantity=0,
            attributes=[{"key": name, "value": value} for name, value in line.attributes],
            attributes_key=key,
        )
        cart.lines.append(row)
        cart.session.add(row)
    row.quantity += line.quantity
    if row.quantity > MAX_QUANTITY:
        message = f"A quantity is between 1 and {MAX_QUANTITY}."
        return OrderProblem(OrderErrorCode.INVALID, message, ("lines", index, "quantity"))
    _snapshot(row, variant)
    return None


def _update(cart: _OpenCart, update: LineToUpdate) -> None:
    row = next(line for line in cart.lines if line.id == update.line_id)
    row.quantity = update.quantity
    if update.attributes is None:
        return
    key = LineToAdd(row.variant_id, row.quantity, update.attributes).attributes_key
    if any((line.variant_id, line.attributes_key) == (row.variant_id, key) for line in cart.lines if line is not row):
        raise failure(OrderErrorCode.CONFLICT, "Another line has this variant and these attributes.", "lines")
    row.attributes = [{"key": name, "value": value} for name, value in update.attributes]
    row.attributes_key = key


async def _delete_empty(cart: _OpenCart) -> None:
    """Rows of quantity 0 never reach the database: its CHECK would refuse them."""
    for line in [line for line in cart.lines if line.quantity == 0]:
        cart.lines.remove(line)
        await cart.session.delete(line)


def _refresh(cart: _OpenCart, snapshots: Snapshots) -> None:
    """Bring snapshots up to date; a variant that is gone keeps its last one and shows as a problem."""
    for line in cart.lines:
        variant = snapshots.get(line.variant_id)
        if variant is not None and variant.unit_price is not None:
            _snapshot(line, variant)
        elif variant is not None:
            message = f"{line.title} is not sold in {cart.row.currency}."
            raise OrderFailure([OrderProblem(OrderErrorCode.VARIANT_UNAVAILABLE, message, line_id=line.id)])


def _snapshot(line: CartLineRow, variant: VariantSnapshot) -> None:
    assert variant.unit_price is not None
    line.product_id = variant.product_id
    line.sku = variant.sku
    line.title = variant.title
    line.image_url = variant.image_url
    line.selected_options = [{"name": name, "value": value} for name, value in variant.selected_options]
    line.unit_price_minor = variant.unit_price.minor_units
    line.compare_at_minor = variant.compare_at.minor_units if variant.compare_at else None
    line.includes_tax = variant.includes_tax
    line.tax_class = variant.tax_class
    line.requires_shipping = variant.requires_shipping


def _require_lines(cart: _OpenCart, line_ids: Sequence[str]) -> None:
    known = {line.id for line in cart.lines}
    problems = [
        OrderProblem(OrderErrorCode.NOT_FOUND, "There is no such line.", ("lines", str(index)), line_id)
        for index, line_id in enumerate(line_ids)
        if line_id not in known
    ]
    if problems:
        raise OrderFailure(problems)
