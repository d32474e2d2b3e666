"""Pure rules of orders: states, and what the state machine allows a caller."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum
from typing import Final

from shared.auth import Principal
from subgraphs.orders.payment import PaymentStatus


class OrderStatus(StrEnum):
    """Terminal: COMPLETED, CANCELLED, REJECTED, EXPIRED."""

    CREATED = "CREATED"
    AWAITING_APPROVAL = "AWAITING_APPROVAL"
    AWAITING_PAYMENT = "AWAITING_PAYMENT"
    CONFIRMED = "CONFIRMED"
    PROCESSING = "PROCESSING"
    PARTIALLY_FULFILLED = "PARTIALLY_FULFILLED"
    FULFILLED = "FULFILLED"
    COMPLETED = "COMPLETED"
    CANCELLED = "CANCELLED"
    REJECTED = "REJECTED"
    EXPIRED = "EXPIRED"


class OrderPaymentStatus(StrEnum):
    """A fold over the order's payments."""

    UNPAID = "UNPAID"
    AUTHORIZED = "AUTHORIZED"
    PARTIALLY_PAID = "PARTIALLY_PAID"
    PAID = "PAID"
    PARTIALLY_REFUNDED = "PARTIALLY_REFUNDED"
    REFUNDED = "REFUNDED"
    VOIDED = "VOIDED"
    OVERPAID = "OVERPAID"
    DISPUTED = "DISPUTED"


class OrderFulfillmentStatus(StrEnum):
    """A fold over the order's parcels."""

    UNFULFILLED = "UNFULFILLED"
    ON_HOLD = "ON_HOLD"
    PARTIALLY_FULFILLED = "PARTIALLY_FULFILLED"
    FULFILLED = "FULFILLED"
    PARTIALLY_DELIVERED = "PARTIALLY_DELIVERED"
    DELIVERED = "DELIVERED"


class OrderReturnStatus(StrEnum):
    """A fold over the order's returns."""

    NONE = "NONE"
    REQUESTED = "REQUESTED"
    PARTIALLY_RETURNED = "PARTIALLY_RETURNED"
    RETURNED = "RETURNED"


class OrderAction(StrEnum):
    """What can be asked of an order."""

    CANCEL = "CANCEL"
    EDIT_ADDRESS = "EDIT_ADDRESS"
    HOLD = "HOLD"
    FULFIL = "FULFIL"
    CAPTURE = "CAPTURE"
    REFUND = "REFUND"
    REQUEST_RETURN = "REQUEST_RETURN"
    COMPLETE = "COMPLETE"


_OPEN: Final = frozenset({OrderStatus.CONFIRMED, OrderStatus.PROCESSING})
_SHIPPABLE: Final = _OPEN | {OrderStatus.PARTIALLY_FULFILLED}
_PAYMENT_STATUS: Final = {
    PaymentStatus.AUTHORIZED: OrderPaymentStatus.AUTHORIZED,
    PaymentStatus.PARTIALLY_CAPTURED: OrderPaymentStatus.PARTIALLY_PAID,
    PaymentStatus.CAPTURED: OrderPaymentStatus.PAID,
    PaymentStatus.PARTIALLY_REFUNDED: OrderPaymentStatus.PARTIALLY_REFUNDED,
    PaymentStatus.REFUNDED: OrderPaymentStatus.REFUNDED,
    PaymentStatus.VOIDED: OrderPaymentStatus.VOIDED,
    PaymentStatus.DISPUTED: OrderPaymentStatus.DISPUTED,
}


def order_payment_status(payments: Sequence[PaymentStatus]) -> OrderPaymentStatus:
    """The status of an order with one payment; the last one that got anywhere counts."""
    known = [_PAYMENT_STATUS[status] for status in payments if status in _PAYMENT_STATUS]
    return known[-1] if known else OrderPaymentStatus.UNPAID


def allowed_actions(
    status: OrderStatus,
    payment: OrderPaymentStatus,
    fulfillment: OrderFulfillmentStatus,
    *,
    is_owner: bool,
    caller: Principal,
) -> list[OrderAction]:
    """What the state machine allows ``caller`` now; nothing for an order in a terminal state."""
    actions: list[OrderAction] = []
    writes, fulfils = caller.has_scope("orders:write"), caller.has_scope("orders:fulfil")
    if status in _OPEN and fulfillment is OrderFulfillmentStatus.UNFULFILLED and (is_owner or writes):
        actions += [OrderAction.CANCEL, OrderAction.EDIT_ADDRESS]
    if status in _OPEN and writes:
        actions.append(OrderAction.HOLD)
    if status in _SHIPPABLE and fulfils:
        actions.append(OrderAction.FULFIL)
    if payment is OrderPaymentStatus.AUTHORIZED and status in _SHIPPABLE and caller.has_scope("payments:capture"):
        actions.append(OrderAction.CAPTURE)
    if payment in _REFUNDABLE and caller.has_scope("orders:refund"):
        actions.append(OrderAction.REFUND)
    if fulfillment in _RETURNABLE and status not in _TERMINAL and is_owner:
        actions.append(OrderAction.REQUEST_RETURN)
    if status is OrderStatus.FULFILLED and writes:
        actions.append(OrderAction.COMPLETE)
    return actions


_REFUNDABLE: Final = frozenset(
    {OrderPaymentStatus.PAID, OrderPaymentStatus.PARTIALLY_PAID, OrderPaymentStatus.PARTIALLY_REFUNDED}
)
_RETURNABLE: Final = frozenset({OrderFulfillmentStatus.DELIVERED, OrderFulfillmentStatus.PARTIALLY_DELIVERED})
_TERMINAL: Final = frozenset({OrderStatus.COMPLETED, OrderStatus.CANCELLED, OrderStatus.REJECTED, OrderStatus.EXPIRED})
