"""Events of the users subgraph."""
# ruff: noqa: N815 - field names are the wire's

from __future__ import annotations

from typing import ClassVar

from shared.events.contracts.base import EventData


class UserRegisteredV1(EventData, frozen=True, kw_only=True):
    """Somebody opened an account. Subject: the user id. No address: it would spread personal data."""

    TYPE: ClassVar[str] = "users.user.registered.v1"
    userId: str
    displayName: str
    language: str | None


class UserSignedInV1(EventData, frozen=True, kw_only=True):
    """A sign-in succeeded. Subject: the user id."""

    TYPE: ClassVar[str] = "users.user.signed_in.v1"
    userId: str
    sessionId: str
