"""Payments: the provider protocol, the built-in test provider, and what transactions add up to."""

from subgraphs.orders.payment.domain import PaymentStatus, TransactionKind, TransactionResult, payment_status
from subgraphs.orders.payment.provider import (
    Authorization,
    AuthorizationState,
    PaymentProvider,
    ProviderUnavailable,
)
from subgraphs.orders.payment.test_provider import TestProvider

__all__ = [
    "Authorization",
    "AuthorizationState",
    "PaymentProvider",
    "PaymentStatus",
    "ProviderUnavailable",
    "TestProvider",
    "TransactionKind",
    "TransactionResult",
    "payment_status",
]
