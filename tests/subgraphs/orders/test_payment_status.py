"""A payment's status does not depend on the order in which its transactions arrive."""

from itertools import permutations

import pytest

from subgraphs.orders.payment.domain import (
    PaymentStatus,
    Transaction,
    TransactionKind,
    TransactionResult,
    payment_status,
)

AUTHORIZATION, CAPTURE, VOID, REFUND = (
    TransactionKind.AUTHORIZATION,
    TransactionKind.CAPTURE,
    TransactionKind.VOID,
    TransactionKind.REFUND,
)
SUCCESS, FAILURE = TransactionResult.SUCCESS, TransactionResult.FAILURE


@pytest.mark.parametrize(
    ("transactions", "status"),
    [
        ([], PaymentStatus.PENDING),
        ([(AUTHORIZATION, FAILURE, 10)], PaymentStatus.FAILED),
        ([(AUTHORIZATION, TransactionResult.ACTION_REQUIRED, 10)], PaymentStatus.REQUIRES_ACTION),
        ([(AUTHORIZATION, SUCCESS, 10)], PaymentStatus.AUTHORIZED),
        ([(AUTHORIZATION, SUCCESS, 10), (VOID, SUCCESS, 10)], PaymentStatus.VOIDED),
        ([(AUTHORIZATION, SUCCESS, 10), (VOID, FAILURE, 10)], PaymentStatus.AUTHORIZED),
        ([(AUTHORIZATION, SUCCESS, 10), (CAPTURE, SUCCESS, 4)], PaymentStatus.PARTIALLY_CAPTURED),
        ([(AUTHORIZATION, SUCCESS, 10), (CAPTURE, SUCCESS, 4), (CAPTURE, SUCCESS, 6)], PaymentStatus.CAPTURED),
        (
            [(AUTHORIZATION, SUCCESS, 10), (CAPTURE, SUCCESS, 10), (REFUND, SUCCESS, 3)],
            PaymentStatus.PARTIALLY_REFUNDED,
        ),
        (
            [(AUTHORIZATION, SUCCESS, 10), (CAPTURE, SUCCESS, 10), (REFUND, SUCCESS, 3), (REFUND, SUCCESS, 7)],
            PaymentStatus.REFUNDED,
        ),
    ],
)
def test_status_is_a_fold(transactions, status):
    for order in permutations(transactions):
        assert payment_status([Transaction(*each) for each in order]) is status
