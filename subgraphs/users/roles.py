"""Roles: named bundles of scopes. Who has which is stored; what each allows is said here."""

from __future__ import annotations

from collections.abc import Iterable
from types import MappingProxyType
from typing import Final

CUSTOMER: Final = "customer"

_STAFF: Final = {
    "support_agent": "users:read_all orders:read_all orders:write orders:refund pii:read reviews:moderate",
    "catalog_manager": "products:read_all products:write",
    "pricing_manager": "prices:read_all prices:write promotions:write",
    "inventory_manager": "inventory:read inventory:write",
    "fulfilment": "orders:read_all orders:fulfil inventory:read",
    "finance": (
        "orders:read_all orders:refund payments:read payments:capture payouts:read payouts:write analytics:read"
    ),
    "analyst": "analytics:read",
    "privacy_officer": "gdpr:manage audit:read",
}
_ADMINISTRATION: Final = (
    "users:write_all roles:write flags:write partners:manage sellers:manage notifications:manage webhooks:manage"
)


def _with_self(scopes: str) -> frozenset[str]:
    """Whoever can sign in may read their own account."""
    return frozenset({"users:self", *scopes.split()})


def _admin_scopes() -> frozenset[str]:
    """All scopes but those that are granted separately because each use of them is audited."""
    everything = " ".join((*_STAFF.values(), _ADMINISTRATION))
    return _with_self(everything) - {"pii:read", "users:impersonate"}


BUILT_IN_ROLES: Final = MappingProxyType(
    {
        CUSTOMER: _with_self(""),
        **{code: _with_self(scopes) for code, scopes in _STAFF.items()},
        "admin": _admin_scopes(),
    }
)


def scopes_of(role_codes: Iterable[str]) -> tuple[str, ...]:
    """All scopes of the roles, each once, in order. A code that no longer exists allows nothing."""
    return tuple(sorted({scope for code in role_codes for scope in BUILT_IN_ROLES.get(code, ())}))
