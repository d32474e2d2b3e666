"""Pure rules of accounts: what an address, a password and a name must be like."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from subgraphs.users.errors import AccountErrorCode, AccountProblem

MIN_PASSWORD_CHARACTERS: Final = 10
MAX_PASSWORD_CHARACTERS: Final = 200  # argon2 hashes any length; this bounds the work of one request
MAX_EMAIL_CHARACTERS: Final = 254  # RFC 5321, section 4.5.3.1.3
MAX_NAME_CHARACTERS: Final = 100
_EMAIL_FORM: Final = re.compile(r"[^@\s\x00]+@[^@\s\x00.]+(\.[^@\s\x00.]+)+")
_LANGUAGE_FORM: Final = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*")
_CURRENCY_FORM: Final = re.compile(r"[A-Z]{3}")


class UserStatus(StrEnum):
    """Life of an account."""

    PENDING_VERIFICATION = "PENDING_VERIFICATION"
    ACTIVE = "ACTIVE"
    SUSPENDED = "SUSPENDED"
    ERASED = "ERASED"

    @property
    def may_sign_in(self) -> bool:
        return self in {UserStatus.PENDING_VERIFICATION, UserStatus.ACTIVE}


@dataclass(frozen=True, slots=True)
class Registration:
    """What somebody who registers tells us."""

    email: str
    password: str
    accepted_terms_version: str
    first_name: str | None = None
    last_name: str | None = None
    language: str | None = None
    currency: str | None = None
    marketing_consent: bool = False

    @property
    def display_name(self) -> str:
        """Safe to show beside a review: never any part of the address."""
        first, last = (self.first_name or "").strip(), (self.last_name or "").strip()
        if not first:
            return "Customer"
        return f"{first} {last[0]}." if last else first


def normalized_email(email: str) -> str:
    """The form that is unique: NFKC, trimmed, lower case."""
    return unicodedata.normalize("NFKC", email).strip().lower()


def registration_problems(registration: Registration) -> tuple[AccountProblem, ...]:
    """All that is wrong with a registration, each with its field."""
    return tuple(_registration_problems(registration))


def _registration_problems(registration: Registration) -> Iterator[AccountProblem]:
    email = normalized_email(registration.email)
    if len(email) > MAX_EMAIL_CHARACTERS or not _EMAIL_FORM.fullmatch(email):
        yield _problem(AccountErrorCode.INVALID, "This is no e-mail address.", "email")
    yield from _password_problems(registration.password, email)
    for field, name in (("firstName", registration.first_name), ("lastName", registration.last_name)):
        if name is not None and (len(name) > MAX_NAME_CHARACTERS or not name.isprintable()):
            yield _problem(AccountErrorCode.INVALID, f"At most {MAX_NAME_CHARACTERS} printable characters.", field)
    if registration.language is not None and not _LANGUAGE_FORM.fullmatch(registration.language):
        yield _problem(AccountErrorCode.INVALID, "This is no BCP 47 language tag.", "language")
    if registration.currency is not None and not _CURRENCY_FORM.fullmatch(registration.currency):
        yield _problem(AccountErrorCode.INVALID, "This is no ISO 4217 code.", "currency")
    terms = registration.accepted_terms_version
    if not terms.strip() or len(terms) > MAX_NAME_CHARACTERS or not terms.isprintable():
        yield _problem(AccountErrorCode.REQUIRED, "The terms must be accepted.", "acceptedTermsVersion")


def _password_problems(password: str, email: str) -> Iterator[AccountProblem]:
    """Length and unlikeness, as NIST SP 800-63B, section 3.1.1.2 asks; no composition rules."""
    if len(password) > MAX_PASSWORD_CHARACTERS:
        yield _problem(AccountErrorCode.INVALID, f"At most {MAX_PASSWORD_CHARACTERS} characters.", "password")
    elif len(password) < MIN_PASSWORD_CHARACTERS:
        message = f"At least {MIN_PASSWORD_CHARACTERS} characters."
        yield _problem(AccountErrorCode.PASSWORD_TOO_WEAK, message, "password")
    elif len(set(password)) <= 3 or password.lower() in {email, email.partition("@")[0]}:
        yield _problem(AccountErrorCode.PASSWORD_TOO_WEAK, "This password is easy to guess.", "password")


def _problem(code: AccountErrorCode, message: str, field: str) -> AccountProblem:
    return AccountProblem(code, message, ("input", field))
