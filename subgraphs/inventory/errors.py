"""What a user of inventory can do wrong: codes and failures of its mutations."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum


class InventoryErrorCode(Enum):
    """Codes of ``InventoryUserError``."""

    INVALID = "INVALID"
    REQUIRED = "REQUIRED"
    NOT_FOUND = "NOT_FOUND"
    TAKEN = "TAKEN"
    CONFLICT = "CONFLICT"
    FORBIDDEN = "FORBIDDEN"
    INSUFFICIENT_STOCK = "INSUFFICIENT_STOCK"
    RESERVATION_EXPIRED = "RESERVATION_EXPIRED"
    RESERVATION_NOT_ACTIVE = "RESERVATION_NOT_ACTIVE"
    IDEMPOTENCY_KEY_REUSED = "IDEMPOTENCY_KEY_REUSED"


@dataclass(frozen=True, slots=True)
class InventoryProblem:
    """One entry of ``userErrors``; ``field`` is a path into the mutation's arguments."""

    code: InventoryErrorCode
    message: str
    field: tuple[str, ...] | None = None
    variant_id: str | None = None
    available_quantity: int | None = None


class InventoryFailure(Exception):
    """Ends a use case and rolls its transaction back; carries what the payload shows."""

    def __init__(self, problems: Sequence[InventoryProblem]) -> None:
        super().__init__("; ".join(problem.message for problem in problems))
        self.problems = tuple(problems)


class ReservationNotFound(InventoryFailure):
    """No reservation has this id."""

    def __init__(self) -> None:
        super().__init__([InventoryProblem(InventoryErrorCode.NOT_FOUND, "There is no such reservation.", ("id",))])


class ReservationNotActive(InventoryFailure):
    """The reservation is past the state that the step needs."""

    def __init__(self, status: str) -> None:
        message = f"The reservation is {status}."
        super().__init__([InventoryProblem(InventoryErrorCode.RESERVATION_NOT_ACTIVE, message, ("id",))])


class ReservationExpired(InventoryFailure):
    """The hold ran out and the stock has gone to somebody else."""

    def __init__(self) -> None:
        message = "The reservation expired and its stock is no longer available."
        super().__init__([InventoryProblem(InventoryErrorCode.RESERVATION_EXPIRED, message, ("id",))])


class IdempotencyKeyReused(InventoryFailure):
    """The key belongs to a request with another input."""

    def __init__(self) -> None:
        message = "This idempotency key was used with another input."
        problem = InventoryProblem(InventoryErrorCode.IDEMPOTENCY_KEY_REUSED, message, ("idempotencyKey",))
        super().__init__([problem])


class InvalidInput(InventoryFailure):
    """An argument breaks a rule."""

    def __init__(self, message: str, *field: str) -> None:
        super().__init__([InventoryProblem(InventoryErrorCode.INVALID, message, field)])
