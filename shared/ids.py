"""Opaque ids: a prefix that says the kind, and a ULID.

``prod_01J9ZK…``: the prefix makes logs readable and lets a service refuse an id of the wrong kind without a query.
Derived ids are the demo data's: the same words give the same id in every process, so that each domain can refer to
another's rows without reading its database.
"""

from __future__ import annotations

import hashlib
import re
import secrets
import time
from typing import Final

from ulid import ULID

_ULID_FORM: Final = re.compile(r"[0-9A-HJKMNP-TV-Z]{26}")
DERIVED_EPOCH_MS: Final = 1_735_689_600_000  # 2025-01-01: derived ids sort before all that are made later


def new_id(prefix: str) -> str:
    """A fresh id, for example ``new_id("ord")`` → ``ord_01J9…``; ids sort by the millisecond of their creation.

    All 80 bits after the time are random, also within one millisecond: some ids are capabilities, and who made one
    must not be able to guess its neighbours.
    """
    milliseconds = time.time_ns() // 1_000_000
    return f"{prefix}_{ULID.from_bytes(milliseconds.to_bytes(6, 'big') + secrets.token_bytes(10))}"


def derived_id(prefix: str, *words: str | int) -> str:
    """The id that ``words`` always give, for example ``derived_id("prod", "catalog", 17)``."""
    digest = hashlib.sha256("\x1f".join((prefix, *map(str, words))).encode()).digest()
    return f"{prefix}_{ULID.from_bytes(DERIVED_EPOCH_MS.to_bytes(6, 'big') + digest[:10])}"


def has_prefix(identifier: str, prefix: str) -> bool:
    """True when ``identifier`` has the form of an id of this kind."""
    head, separator, tail = identifier.partition("_")
    return separator == "_" and head == prefix and _ULID_FORM.fullmatch(tail) is not None
