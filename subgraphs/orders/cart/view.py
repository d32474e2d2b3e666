"""A cart as everybody reads it: rows, priced."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from shared.auth import Principal
from shared.money import Money
from subgraphs.orders.models import CartLineRow, CartRow
from subgraphs.orders.pricing import LineToPrice, ShippingRate, Totals, find_rate, price, rates_for


class CartStatus(StrEnum):
    """ACTIVE and ABANDONED carts can be changed."""

    ACTIVE = "ACTIVE"
    CHECKING_OUT = "CHECKING_OUT"
    COMPLETED = "COMPLETED"
    MERGED = "MERGED"
    ABANDONED = "ABANDONED"
    EXPIRED = "EXPIRED"


@dataclass(frozen=True, slots=True)
class CartView:
    """A cart with its lines in order, its totals and the rates that it can choose from."""

    row: CartRow
    lines: tuple[CartLineRow, ...]
    totals: Totals
    rates: tuple[ShippingRate, ...]
    selected_rate: ShippingRate | None

    @property
    def requires_shipping(self) -> bool:
        return any(line.requires_shipping for line in self.lines)

    @property
    def demand(self) -> dict[str, int]:
        """Units by variant over all lines."""
        units: dict[str, int] = {}
        for line in self.lines:
            units[line.variant_id] = units.get(line.variant_id, 0) + line.quantity
        return units


def view_cart(row: CartRow, lines: Sequence[CartLineRow]) -> CartView:
    """The cart priced from its snapshots."""
    ordered = tuple(sorted(lines, key=lambda line: (line.position, line.id)))
    needs_shipping = any(line.requires_shipping for line in ordered)
    selected = find_rate(row.shipping_rate_code, row.country, row.currency) if needs_shipping else None
    to_price = [
        LineToPrice(
            line_id=line.id,
            quantity=line.quantity,
            unit_price=Money(line.unit_price_minor, row.currency),
            tax_class=line.tax_class,
            includes_tax=line.includes_tax,
        )
        for line in ordered
    ]
    return CartView(
        row=row,
        lines=ordered,
        totals=price(
            to_price, shipping=selected.price if selected else None, country=row.country, currency=row.currency
        ),
        rates=tuple(rates_for(row.country, row.currency)) if needs_shipping else (),
        selected_rate=selected,
    )


def may_see(cart: CartRow, caller: Principal) -> bool:
    """A guest's cart opens to whoever knows its id; a customer's only to them and to staff who read all orders."""
    if cart.customer_id is None or caller.is_user(cart.customer_id):
        return True
    return caller.has_scope("orders:read_all")


def may_change(cart: CartRow, caller: Principal) -> bool:
    """Staff look, they do not shop for others."""
    return cart.customer_id is None or caller.is_user(cart.customer_id)
