"""What stands between a cart and its order. Pure; what sister services say is passed in."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from shared.money import Money
from subgraphs.orders.cart.view import CartStatus, CartView
from subgraphs.orders.clients import VariantSnapshot, VariantStock


class CartProblemCode(StrEnum):
    """Why ``cartComplete`` would refuse the cart."""

    VARIANT_UNAVAILABLE = "VARIANT_UNAVAILABLE"
    INSUFFICIENT_STOCK = "INSUFFICIENT_STOCK"
    PRICE_CHANGED = "PRICE_CHANGED"
    QUANTITY_RULE = "QUANTITY_RULE"
    ADDRESS_REQUIRED = "ADDRESS_REQUIRED"
    ADDRESS_INVALID = "ADDRESS_INVALID"
    SHIPPING_RATE_REQUIRED = "SHIPPING_RATE_REQUIRED"
    SHIPPING_RATE_STALE = "SHIPPING_RATE_STALE"
    PAYMENT_REQUIRED = "PAYMENT_REQUIRED"
    EMAIL_REQUIRED = "EMAIL_REQUIRED"


@dataclass(frozen=True, slots=True)
class CartProblem:
    """One problem; ``line_id`` names the line that it is about."""

    code: CartProblemCode
    message: str
    line_id: str | None = None
    available_quantity: int | None = None
    old_price: Money | None = None
    new_price: Money | None = None
    blocking: bool = True


def find_problems(
    cart: CartView,
    *,
    variants: Mapping[str, VariantSnapshot] | None,
    stock: Mapping[str, VariantStock] | None,
) -> list[CartProblem]:
    """All problems at once; None for ``variants`` or ``stock`` means that the service did not answer in time."""
    if cart.row.status not in (CartStatus.ACTIVE, CartStatus.ABANDONED):
        return []
    return [*_missing_input(cart), *_catalogue_problems(cart, variants), *_stock_problems(cart, stock)]


def _missing_input(cart: CartView) -> Iterator[CartProblem]:
    if not cart.lines:
        yield CartProblem(CartProblemCode.QUANTITY_RULE, "The cart is empty.")
    if not cart.row.email:
        yield CartProblem(CartProblemCode.EMAIL_REQUIRED, "An e-mail address is needed.")
    if cart.requires_shipping and cart.row.shipping_address is None:
        yield CartProblem(CartProblemCode.ADDRESS_REQUIRED, "A shipping address is needed.")
    if cart.requires_shipping and cart.selected_rate is None:
        if cart.row.shipping_rate_code is None:
            yield CartProblem(CartProblemCode.SHIPPING_RATE_REQUIRED, "Choose how to ship.")
        else:
            message = "The chosen way of shipping does not serve this address."
            yield CartProblem(CartProblemCode.SHIPPING_RATE_STALE, message)


def _catalogue_problems(cart: CartView, variants: Mapping[str, VariantSnapshot] | None) -> Iterator[CartProblem]:
    if variants is None:
        return
    for line in cart.lines:
        variant = variants.get(line.variant_id)
        if variant is None or variant.unit_price is None:
            yield CartProblem(CartProblemCode.VARIANT_UNAVAILABLE, f"{line.title} is no longer sold.", line.id)
            continue
        if variant.unit_price.minor_units != line.unit_price_minor:
            yield CartProblem(
                CartProblemCode.PRICE_CHANGED,
                f"The price of {line.title} has changed.",
                line.id,
                old_price=Money(line.unit_price_minor, cart.row.currency),
                new_price=variant.unit_price,
            )


def _stock_problems(cart: CartView, stock: Mapping[str, VariantStock] | None) -> Iterator[CartProblem]:
    if stock is None:
        return
    for line in cart.lines:
        known = stock.get(line.variant_id)
        wanted = cart.demand[line.variant_id]
        if known is None or not known.purchasable or (known.quantity is not None and known.quantity < wanted):
            available = known.quantity or 0 if known else 0
            message = f"Only {available} of {line.title} are available."
            yield CartProblem(CartProblemCode.INSUFFICIENT_STOCK, message, line.id, available)
