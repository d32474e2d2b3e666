"""A payment's state is a fold over its transactions; nothing else writes it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum


class PaymentStatus(StrEnum):
    """Of one payment."""

    PENDING = "PENDING"
    REQUIRES_ACTION = "REQUIRES_ACTION"
    AUTHORIZED = "AUTHORIZED"
    PARTIALLY_CAPTURED = "PARTIALLY_CAPTURED"
    CAPTURED = "CAPTURED"
    PARTIALLY_REFUNDED = "PARTIALLY_REFUNDED"
    REFUNDED = "REFUNDED"
    VOIDED = "VOIDED"
    FAILED = "FAILED"
    EXPIRED = "EXPIRED"
    DISPUTED = "DISPUTED"


class TransactionKind(StrEnum):
    """What was asked of the provider."""

    AUTHORIZATION = "AUTHORIZATION"
    CAPTURE = "CAPTURE"
    VOID = "VOID"
    REFUND = "REFUND"
    CHARGEBACK = "CHARGEBACK"
    CHARGEBACK_REVERSAL = "CHARGEBACK_REVERSAL"


class TransactionResult(StrEnum):
    """What it answered."""

    PENDING = "PENDING"
    SUCCESS = "SUCCESS"
    FAILURE = "FAILURE"
    ACTION_REQUIRED = "ACTION_REQUIRED"


@dataclass(frozen=True, slots=True)
class Transaction:
    """One entry of a payment's journal, in minor units."""

    kind: TransactionKind
    result: TransactionResult
    amount: int


@dataclass(frozen=True, slots=True)
class PaymentSums:
    """What succeeded, in minor units."""

    authorized: int
    captured: int
    refunded: int


def sums(transactions: Sequence[Transaction]) -> PaymentSums:
    """Authorized, captured and refunded amounts."""

    def succeeded(kind: TransactionKind) -> int:
        return sum(
            each.amount for each in transactions if each.kind is kind and each.result is TransactionResult.SUCCESS
        )

    return PaymentSums(
        authorized=succeeded(TransactionKind.AUTHORIZATION),
        captured=succeeded(TransactionKind.CAPTURE),
        refunded=succeeded(TransactionKind.REFUND),
    )


def payment_status(transactions: Sequence[Transaction]) -> PaymentStatus:
    """The state that the transactions add up to, whatever their order."""
    known = sums(transactions)
    succeeded = {each.kind for each in transactions if each.result is TransactionResult.SUCCESS}
    if known.captured:
        if known.refunded:
            return PaymentStatus.REFUNDED if known.refunded >= known.captured else PaymentStatus.PARTIALLY_REFUNDED
        return PaymentStatus.CAPTURED if known.captured >= known.authorized else PaymentStatus.PARTIALLY_CAPTURED
    if TransactionKind.VOID in succeeded:
        return PaymentStatus.VOIDED
    if TransactionKind.AUTHORIZATION in succeeded:
        return PaymentStatus.AUTHORIZED
    results = {each.result for each in transactions}
    if TransactionResult.ACTION_REQUIRED in results:
        return PaymentStatus.REQUIRES_ACTION
    return PaymentStatus.FAILED if TransactionResult.FAILURE in results else PaymentStatus.PENDING
