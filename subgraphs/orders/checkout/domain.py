"""Steps, states and values of a checkout."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any, Final

import msgspec

from shared.money import Money
from subgraphs.orders.errors import OrderErrorCode, OrderProblem


class CheckoutStatus(StrEnum):
    """SUCCEEDED and FAILED are final."""

    PROCESSING = "PROCESSING"
    ACTION_REQUIRED = "ACTION_REQUIRED"
    SUCCEEDED = "SUCCEEDED"
    FAILED = "FAILED"


class CheckoutStep(StrEnum):
    """In the order in which they run."""

    LOCK_CART = "LOCK_CART"
    REPRICE = "REPRICE"
    RESERVE_STOCK = "RESERVE_STOCK"
    CREATE_ORDER = "CREATE_ORDER"
    REDEEM_DISCOUNTS = "REDEEM_DISCOUNTS"
    AUTHORIZE_PAYMENT = "AUTHORIZE_PAYMENT"
    COMMIT_STOCK = "COMMIT_STOCK"
    CONFIRM = "CONFIRM"
    CAPTURE = "CAPTURE"


STEP_NUMBERS: Final = {step: number for number, step in enumerate(CheckoutStep)}
"""``<attempt>:<number>`` is the idempotency key of a step's outbound call."""


@dataclass(frozen=True, slots=True)
class CheckoutRequest:
    """What ``cartComplete`` asks for. ``token`` is the provider's, never a card number."""

    cart_id: str
    expected_version: int
    expected_total: Money
    method_code: str
    token: str
    purchase_order_number: str | None = None

    def digest(self) -> str:
        """The same for the same input."""
        parts = [
            self.cart_id,
            self.expected_version,
            self.expected_total.minor_units,
            self.expected_total.currency,
            self.method_code,
            self.token,
            self.purchase_order_number,
        ]
        return hashlib.sha256(msgspec.json.encode(parts)).hexdigest()


class AttemptData(msgspec.Struct, frozen=True, kw_only=True):
    """What the steps so far found out; stored as JSON. ``new_prices`` are minor units by line id."""

    token: str
    method_code: str
    expected_total_minor: int
    purchase_order_number: str | None = None
    reservation_id: str | None = None
    order_id: str | None = None
    payment_id: str | None = None
    problems: list[dict[str, Any]] = []
    new_prices: dict[str, int] = {}


@dataclass(frozen=True, slots=True)
class Attempt:
    """A checkout attempt as the saga works on it. ``step`` is the one that runs next or failed."""

    id: str
    cart_id: str
    customer_id: str | None
    caller: str
    step: CheckoutStep
    status: CheckoutStatus
    data: AttemptData
    lease_token: str
    tries: int
    settled: bool
    started_at: datetime
    finished_at: datetime | None
    failure_step: CheckoutStep | None = None
    failure_code: OrderErrorCode | None = None
    failure_message: str | None = None
    input_hash: str = field(default="", repr=False)

    def key(self, step: CheckoutStep) -> str:
        """The idempotency key of the outbound call of ``step``."""
        return f"{self.id}:{STEP_NUMBERS[step]}"

    @property
    def problems(self) -> list[OrderProblem]:
        """Why it failed, as user errors."""
        return [_problem(each) for each in self.data.problems]


class StepFailed(Exception):
    """A step said no, for good; what was done so far is undone."""

    def __init__(self, problems: list[OrderProblem], *, new_prices: Mapping[str, int] | None = None) -> None:
        super().__init__(problems[0].message)
        self.problems = problems
        self.new_prices = dict(new_prices or {})


def step_failed(code: OrderErrorCode, message: str) -> StepFailed:
    """A failure with one problem."""
    return StepFailed([OrderProblem(code, message)])


class LeaseLost(Exception):
    """Another worker took the attempt over; whoever lost it stops without touching anything."""


def stored_problem(problem: OrderProblem) -> dict[str, Any]:
    """A problem as JSON."""
    return {
        "code": problem.code.value,
        "message": problem.message,
        "line_id": problem.line_id,
        "available_quantity": problem.available_quantity,
    }


def _problem(stored: Mapping[str, Any]) -> OrderProblem:
    return OrderProblem(
        code=OrderErrorCode(stored["code"]),
        message=stored["message"],
        line_id=stored["line_id"],
        available_quantity=stored["available_quantity"],
    )
