"""What a user of carts and orders can do wrong: codes and failures of the mutations."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum


class OrderErrorCode(StrEnum):
    """Codes of ``OrderUserError`` and of a failed checkout."""

    INVALID = "INVALID"
    REQUIRED = "REQUIRED"
    NOT_FOUND = "NOT_FOUND"
    CONFLICT = "CONFLICT"
    FORBIDDEN = "FORBIDDEN"
    INVALID_TRANSITION = "INVALID_TRANSITION"
    CART_NOT_ACTIVE = "CART_NOT_ACTIVE"
    CART_EMPTY = "CART_EMPTY"
    INSUFFICIENT_STOCK = "INSUFFICIENT_STOCK"
    VARIANT_UNAVAILABLE = "VARIANT_UNAVAILABLE"
    PRICE_CHANGED = "PRICE_CHANGED"
    TOTAL_MISMATCH = "TOTAL_MISMATCH"
    ADDRESS_INVALID = "ADDRESS_INVALID"
    SHIPPING_RATE_UNAVAILABLE = "SHIPPING_RATE_UNAVAILABLE"
    PAYMENT_DECLINED = "PAYMENT_DECLINED"
    PAYMENT_ACTION_REQUIRED = "PAYMENT_ACTION_REQUIRED"
    PAYMENT_PROVIDER_UNAVAILABLE = "PAYMENT_PROVIDER_UNAVAILABLE"
    SERVICE_UNAVAILABLE = "SERVICE_UNAVAILABLE"
    IDEMPOTENCY_KEY_REUSED = "IDEMPOTENCY_KEY_REUSED"
    CHECKOUT_IN_PROGRESS = "CHECKOUT_IN_PROGRESS"


@dataclass(frozen=True, slots=True)
class OrderProblem:
    """One entry of ``userErrors``; ``field`` is a path into the mutation's arguments."""

    code: OrderErrorCode
    message: str
    field: tuple[str, ...] | None = None
    line_id: str | None = None
    available_quantity: int | None = None
    current_version: int | None = None


class OrderFailure(Exception):
    """Ends a use case and rolls its transaction back; carries what the payload shows."""

    def __init__(self, problems: Sequence[OrderProblem]) -> None:
        super().__init__("; ".join(problem.message for problem in problems))
        self.problems = tuple(problems)


def failure(code: OrderErrorCode, message: str, *field: str) -> OrderFailure:
    """A failure with one problem."""
    return OrderFailure([OrderProblem(code, message, field or None)])


class CartNotFound(OrderFailure):
    """There is no such cart, or it belongs to somebody else: the two look alike."""

    def __init__(self) -> None:
        super().__init__([OrderProblem(OrderErrorCode.NOT_FOUND, "There is no such cart.", ("cartId",))])


class CartNotActive(OrderFailure):
    """The cart is being checked out, or was."""

    def __init__(self, status: str) -> None:
        message = "The cart can no longer be changed: its status is " + status + "."
        super().__init__([OrderProblem(OrderErrorCode.CART_NOT_ACTIVE, message, ("cartId",))])


class VersionConflict(OrderFailure):
    """Somebody changed the cart since the client read it."""

    def __init__(self, current_version: int) -> None:
        super().__init__(
            [
                OrderProblem(
                    OrderErrorCode.CONFLICT,
                    "The cart has changed since it was read.",
                    ("expectedVersion",),
                    current_version=current_version,
                )
            ]
        )
