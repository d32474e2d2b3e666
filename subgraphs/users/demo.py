"""Loads the demo's people: accounts that can sign in, the reviewers, and a wishlist."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from functools import partial
from itertools import islice

from sqlalchemy.ext.asyncio import AsyncConnection

from shared.db import copy_rows
from shared.db.demo_load import load_once
from shared.demo import ADA, REVIEWERS, SIGN_IN_USERS, Catalogue, DemoUser
from shared.demo.model import RELEASED
from shared.ids import derived_id
from shared.subgraph_app import SeedRequest
from subgraphs.users.domain import UserStatus
from subgraphs.users.passwords import hash_password
from subgraphs.users.settings import UsersSettings

TABLES = (
    "wishlist_item",
    "wishlist",
    "address",
    "consent",
    "refresh_token",
    "sign_in_session",
    "account_role",
    "account",
)
WISHED_PRODUCTS = 4
_OPENED = datetime.combine(RELEASED, datetime.min.time(), UTC)


async def seed(settings: UsersSettings, request: SeedRequest) -> None:
    """Load once; a second call with the same size does nothing."""
    load = partial(_load, request=request)
    await load_once(settings.database, "users", request.size, load, tables=TABLES, reset=request.reset)


_ACCOUNT_COLUMNS = (
    "id",
    "email",
    "password_hash",
    "display_name",
    "first_name",
    "last_name",
    "status",
    "email_verified",
    "preferred_language",
    "created_at",
    "version",
)
_ADDRESS_COLUMNS = ("id", "account_id", "name", "line1", "city", "postal_code", "country")
_ITEM_COLUMNS = ("id", "wishlist_id", "account_id", "product_id", "added_at")
_ROLE_COLUMNS = ("account_id", "role_code")
_WISHLIST_COLUMNS = ("id", "account_id", "name", "updated_at")
_WISHLIST = derived_id("wsh", "demo", "ada")


async def _load(connection: AsyncConnection, request: SeedRequest) -> None:
    people = (*SIGN_IN_USERS, *REVIEWERS)
    await copy_rows(connection, "account", _ACCOUNT_COLUMNS, (_account(person) for person in people))
    roles = ((person.id, role) for person in people for role in person.roles)
    await copy_rows(connection, "account_role", _ROLE_COLUMNS, roles)
    await copy_rows(connection, "address", _ADDRESS_COLUMNS, _addresses(people))
    await copy_rows(connection, "wishlist", _WISHLIST_COLUMNS, [(_WISHLIST, ADA.id, "Wishlist", _OPENED)])
    await copy_rows(connection, "wishlist_item", _ITEM_COLUMNS, _wishes(request.size))
    request.progress("users", len(people), len(people))


def _account(person: DemoUser) -> tuple[object, ...]:
    password_hash = hash_password(person.password) if person.password else None
    return (
        person.id,
        person.email,
        password_hash,
        person.display_name,
        person.first_name,
        person.last_name,
        UserStatus.ACTIVE.value,
        True,
        person.language,
        _OPENED,
        1,
    )


def _addresses(people: tuple[DemoUser, ...]) -> Iterator[tuple[object, ...]]:
    for person in people:
        for address in person.addresses:
            yield (
                address.id,
                person.id,
                address.name,
                address.line1,
                address.city,
                address.postal_code,
                address.country,
            )


def _wishes(size: int) -> Iterator[tuple[object, ...]]:
    products = (product for chunk in Catalogue(size).products() for product in chunk)
    for product in islice(products, WISHED_PRODUCTS):
        yield derived_id("wsi", "demo", product.index), _WISHLIST, ADA.id, product.id, _OPENED
