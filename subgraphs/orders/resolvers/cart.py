"""Cart: its node, its problems, and the mutations that change it."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Mapping, Sequence
from typing import Any, TypeVar

from ariadne import MutationType, ObjectType

from shared.money import Money
from shared.service_client import ServiceRefused, ServiceUnavailable
from subgraphs.orders.cart import inputs
from subgraphs.orders.cart.problems import CartProblem, find_problems
from subgraphs.orders.cart.view import CartView
from subgraphs.orders.clients.products import DISPLAY_TRIES
from subgraphs.orders.context import Info, Node
from subgraphs.orders.errors import OrderErrorCode, OrderFailure, failure
from subgraphs.orders.models import CartLineRow
from subgraphs.orders.pricing import PricedLine
from subgraphs.orders.resolvers.nodes import minor, money, payment_methods, shipping_rate, user_error

T = TypeVar("T")
MAX_CHANGES = 100

cart = ObjectType("Cart")
mutation = MutationType()


def cart_node(view: CartView) -> Node:
    """A cart for a caller who may see it."""
    row = view.row
    priced = {line.line_id: line for line in view.totals.lines}
    return {
        "__typename": "Cart",
        "view": view,
        "id": row.id,
        "status": row.status,
        "customer": {"id": row.customer_id} if row.customer_id else None,
        "currency": row.currency,
        "country": row.country,
        "language": row.language,
        "email": row.email,
        "lines": [_line_node(line, priced[line.id], row.currency) for line in view.lines],
        "total_quantity": sum(line.quantity for line in view.lines),
        "shipping_address": row.shipping_address,
        "billing_address": row.billing_address,
        "available_shipping_rates": [shipping_rate(rate) for rate in view.rates],
        "selected_shipping_rate": shipping_rate(view.selected_rate) if view.selected_rate else None,
        "available_payment_methods": payment_methods(row.currency),
        "cost": _cost(view),
        "note": row.note,
        "expires_at": row.expires_at,
        "created_at": row.created_at,
        "updated_at": row.updated_at,
        "version": row.version,
    }


@cart.field("problems")
async def resolve_problems(source: Node, info: Info) -> list[Node]:
    """Asks products and inventory at once; one that does not answer in time contributes nothing."""
    view: CartView = source["view"]
    variants = stock = None
    if view.lines:
        context, row = info.context, view.row
        variants, stock = await asyncio.gather(
            _in_time(
                context.products.variants(
                    view.demand, currency=row.currency, country=row.country, language=row.language, tries=DISPLAY_TRIES
                )
            ),
            _in_time(context.inventory.stock(view.demand, country=row.country)),
        )
    return [_problem_node(problem) for problem in find_problems(view, variants=variants, stock=stock)]


@mutation.field("cartCreate")
async def cart_create(_: None, info: Info, input: Mapping[str, Any]) -> Node:  # noqa: A002 - the schema's name
    context, market = info.context, info.context.market
    given = {
        "email": input.get("email"),
        "currency": input.get("currency") or market.currency,
        "country": input.get("country") or market.country,
        "language": input.get("language") or market.language,
    }

    async def create() -> CartView:
        buyer = inputs.buyer(given, "input")
        lines = inputs.lines_to_add(_bounded(input.get("lines") or ()))
        return await context.carts.create(context.principal, buyer, lines)

    return await _payload(create())


@mutation.field("cartLinesAdd")
async def cart_lines_add(_: None, info: Info, cart_id: str, lines: Sequence[Mapping[str, Any]]) -> Node:
    async def add() -> CartView:
        checked = inputs.lines_to_add(_bounded(lines))
        return await info.context.carts.add_lines(cart_id, info.context.principal, checked)

    return await _payload(add())


@mutation.field("cartLinesUpdate")
async def cart_lines_update(
    _: None, info: Info, cart_id: str, lines: Sequence[Mapping[str, Any]], expected_version: int | None = None
) -> Node:
    async def update() -> CartView:
        checked = inputs.lines_to_update(_bounded(lines))
        return await info.context.carts.update_lines(cart_id, info.context.principal, checked, expected_version)

    return await _payload(update())


@mutation.field("cartLinesRemove")
async def cart_lines_remove(_: None, info: Info, cart_id: str, line_ids: Sequence[str]) -> Node:
    return await _payload(info.context.carts.remove_lines(cart_id, info.context.principal, line_ids))


@mutation.field("cartBuyerUpdate")
async def cart_buyer_update(_: None, info: Info, cart_id: str, buyer: Mapping[str, Any]) -> Node:
    async def update() -> CartView:
        return await info.context.carts.update_buyer(cart_id, info.context.principal, inputs.buyer(buyer, "buyer"))

    return await _payload(update())


@mutation.field("cartAddressesSet")
async def cart_addresses_set(
    _: None,
    info: Info,
    cart_id: str,
    shipping: Mapping[str, Any] | None = None,
    billing: Mapping[str, Any] | None = None,
    billing_same_as_shipping: bool | None = None,
) -> Node:
    async def update() -> CartView:
        return await info.context.carts.set_addresses(
            cart_id,
            info.context.principal,
            None if shipping is None else inputs.address(shipping, "shipping"),
            None if billing is None else inputs.address(billing, "billing"),
            same=billing_same_as_shipping is not False,
        )

    return await _payload(update())


@mutation.field("cartShippingRateSelect")
async def cart_shipping_rate_select(_: None, info: Info, cart_id: str, rate_id: str) -> Node:
    return await _payload(info.context.carts.select_rate(cart_id, info.context.principal, rate_id))


@mutation.field("cartNoteSet")
async def cart_note_set(_: None, info: Info, cart_id: str, note: str | None = None) -> Node:
    async def update() -> CartView:
        return await info.context.carts.set_note(cart_id, info.context.principal, inputs.note(note))

    return await _payload(update())


async def _payload(use_case: Awaitable[CartView]) -> Node:
    try:
        return {"cart": cart_node(await use_case), "user_errors": [], "warnings": []}
    except OrderFailure as refused:
        errors = [user_error(problem) for problem in refused.problems]
        return {"cart": None, "user_errors": errors, "warnings": []}


async def _in_time(answer: Awaitable[T]) -> T | None:
    try:
        return await answer
    except (ServiceUnavailable, ServiceRefused):
        return None


def _bounded(lines: Sequence[Mapping[str, Any]]) -> Sequence[Mapping[str, Any]]:
    if len(lines) > MAX_CHANGES:
        raise failure(OrderErrorCode.INVALID, f"At most {MAX_CHANGES} lines are changed at once.", "lines")
    return lines


def _line_node(row: CartLineRow, priced: PricedLine, currency: str) -> Node:
    return {
        "id": row.id,
        "variant": {"id": row.variant_id},
        "sku": row.sku,
        "title": row.title,
        "image_url": row.image_url,
        "quantity": row.quantity,
        "unit_price": minor(row.unit_price_minor, currency),
        "compare_at_unit_price": None if row.compare_at_minor is None else minor(row.compare_at_minor, currency),
        "discounts": [],
        "total": money(priced.total),
        "attributes": row.attributes,
    }


def _cost(view: CartView) -> Node:
    totals = view.totals
    return {
        "subtotal": money(totals.subtotal),
        "discount": money(totals.discount),
        "shipping": money(totals.shipping),
        "tax": money(totals.tax),
        "gift_cards": money(Money.zero(view.row.currency)),
        "total": money(totals.total),
        "amount_due": money(totals.total),
        "taxes_included": totals.taxes_included,
        "final": not view.requires_shipping or (view.row.shipping_address is not None and bool(view.selected_rate)),
    }


def _problem_node(problem: CartProblem) -> Node:
    return {
        "code": problem.code.value,
        "message": problem.message,
        "line_id": problem.line_id,
        "available_quantity": problem.available_quantity,
        "old_price": money(problem.old_price) if problem.old_price else None,
        "new_price": money(problem.new_price) if problem.new_price else None,
        "blocking": problem.blocking,
    }
