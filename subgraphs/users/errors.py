"""Failures that a user of accounts can cause; they become ``userErrors`` in a payload."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class AccountErrorCode(StrEnum):
    """Codes of account errors, as clients see them (the enum ``UserErrorCode``)."""

    INVALID = "INVALID"
    REQUIRED = "REQUIRED"
    TAKEN = "TAKEN"
    INVALID_CREDENTIALS = "INVALID_CREDENTIALS"
    TOKEN_INVALID = "TOKEN_INVALID"  # noqa: S105 - an error code
    TOKEN_EXPIRED = "TOKEN_EXPIRED"  # noqa: S105
    PASSWORD_TOO_WEAK = "PASSWORD_TOO_WEAK"  # noqa: S105
    RATE_LIMITED = "RATE_LIMITED"


@dataclass(frozen=True, slots=True)
class AccountProblem:
    """One failure; ``field`` is the path into the mutation's arguments."""

    code: AccountErrorCode
    message: str
    field: tuple[str, ...] | None = None
    retry_after_seconds: int | None = None


class AccountRefused(Exception):
    """A use case ended with nothing changed; ``problems`` say why, all at once."""

    def __init__(self, *problems: AccountProblem) -> None:
        super().__init__("; ".join(problem.message for problem in problems))
        self.problems = problems


def invalid_credentials() -> AccountRefused:
    """One text for a wrong password, an unknown address and a suspended account alike."""
    return AccountRefused(
        AccountProblem(AccountErrorCode.INVALID_CREDENTIALS, "The e-mail address or the password is wrong.")
    )


def token_invalid() -> AccountRefused:
    """An unknown, used or revoked refresh token."""
    return AccountRefused(
        AccountProblem(AccountErrorCode.TOKEN_INVALID, "The token is not valid. Sign in again.", ("refreshToken",))
    )


def token_expired() -> AccountRefused:
    """A refresh token past its time."""
    return AccountRefused(
        AccountProblem(AccountErrorCode.TOKEN_EXPIRED, "The session has expired. Sign in again.", ("refreshToken",))
    )
