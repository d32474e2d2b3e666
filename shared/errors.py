"""Errors that clients see: each has a stable code; everything else is masked as INTERNAL.

``AppError`` becomes a GraphQL error with ``extensions.code``. Failures that a user can cause are no exceptions of this
kind: they are ``userErrors`` in a mutation's payload, raised inside a domain as its own ``UserFailure`` classes.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import Any


class ErrorCode(StrEnum):
    """Codes of GraphQL errors of all subgraphs."""

    UNAUTHENTICATED = "UNAUTHENTICATED"
    FORBIDDEN = "FORBIDDEN"
    BAD_USER_INPUT = "BAD_USER_INPUT"
    LIMIT_EXCEEDED = "LIMIT_EXCEEDED"
    RATE_LIMITED = "RATE_LIMITED"
    DOWNSTREAM_UNAVAILABLE = "DOWNSTREAM_UNAVAILABLE"
    INTERNAL = "INTERNAL"


class AppError(Exception):
    """A failure whose message and code may be shown to the client."""

    code: ErrorCode = ErrorCode.INTERNAL

    def __init__(self, message: str, *, extensions: Mapping[str, Any] | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.extensions = dict(extensions or {})


class Unauthenticated(AppError):
    """Nobody is signed in."""

    code = ErrorCode.UNAUTHENTICATED

    def __init__(self, message: str = "Sign in first.") -> None:
        super().__init__(message)


class Forbidden(AppError):
    """The caller may not do this."""

    code = ErrorCode.FORBIDDEN

    def __init__(self, message: str = "You may not do this.") -> None:
        super().__init__(message)


class BadUserInput(AppError):
    """An argument that no rule of a domain covers: wrong form, out of range."""

    code = ErrorCode.BAD_USER_INPUT


class LimitExceeded(AppError):
    """More was asked for than one request may have."""

    code = ErrorCode.LIMIT_EXCEEDED


class RateLimited(AppError):
    """Too many tries; ``retry_after_seconds`` says when to come back."""

    code = ErrorCode.RATE_LIMITED

    def __init__(self, message: str, *, retry_after_seconds: int) -> None:
        super().__init__(message, extensions={"retryAfterSeconds": retry_after_seconds})


class DownstreamUnavailable(AppError):
    """An engine or a sister service does not answer; trying again later may help."""

    code = ErrorCode.DOWNSTREAM_UNAVAILABLE

    def __init__(self, service: str) -> None:
        super().__init__(f"{service} is not available.", extensions={"service": service})
