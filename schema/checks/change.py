"""One difference between two schemas, and how much it matters to those who use the schema."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Severity(StrEnum):
    """From worst to harmless."""

    BREAKING = "BREAKING"
    """A client's operation that worked may fail or get another shape of answer."""

    SECURITY = "SECURITY"
    """Somebody may read or do what was denied before."""

    DANGEROUS = "DANGEROUS"
    """Operations stay valid, and a client may still be surprised."""

    SAFE = "SAFE"
    """Nobody notices who does not look for it."""

    @property
    def fails_a_check(self) -> bool:
        """True for what must not happen unnoticed."""
        return self in {Severity.BREAKING, Severity.SECURITY}


@dataclass(frozen=True, slots=True)
class Change:
    """``code`` names the kind of change, ``path`` what changed: ``Type``, ``Type.field``, ``Type.field.argument``."""

    code: str
    severity: Severity
    path: str
    message: str


def breaking(code: str, path: str, message: str) -> Change:
    """A breaking change."""
    return Change(code, Severity.BREAKING, path, message)


def dangerous(code: str, path: str, message: str) -> Change:
    """A dangerous change."""
    return Change(code, Severity.DANGEROUS, path, message)


def safe(code: str, path: str, message: str) -> Change:
    """A safe change."""
    return Change(code, Severity.SAFE, path, message)


def security(code: str, path: str, message: str) -> Change:
    """A change that lets somebody do more."""
    return Change(code, Severity.SECURITY, path, message)
