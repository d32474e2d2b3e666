"""What a payment provider must be able to do for the checkout saga.

Every call carries an idempotency key; the provider answers a repeated key with the first outcome. ``void`` of a key
that it does not know forbids that key for ever, so that an authorization that was under way cannot charge afterwards.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from shared.money import Money


class ProviderUnavailable(Exception):
    """No answer in time; the charge may have happened: ask with ``find`` before deciding."""


class AuthorizationState(StrEnum):
    """How an authorization ended."""

    AUTHORIZED = "AUTHORIZED"
    DECLINED = "DECLINED"
    ACTION_REQUIRED = "ACTION_REQUIRED"
    VOIDED = "VOIDED"


@dataclass(frozen=True, slots=True)
class Authorization:
    """The provider's word; ``reference`` is its own name for the charge, ``message`` its reason."""

    state: AuthorizationState
    reference: str
    message: str | None = None


class PaymentProvider(Protocol):
    """Raises ProviderUnavailable from each call."""

    async def authorize(self, *, key: str, amount: Money, token: str) -> Authorization: ...

    async def find(self, key: str) -> Authorization | None:
        """The outcome of an earlier ``authorize``; None when the provider never heard of the key."""

    async def void(self, key: str) -> None:
        """Give the money back; a no-op when there is nothing to give back."""
