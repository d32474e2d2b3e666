"""Database URLs: people write ``postgresql://``, SQLAlchemy wants the driver named."""

from __future__ import annotations

from typing import Final

from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError

_SCHEMES: Final = ("postgresql", "postgres", "postgresql+asyncpg")


class InvalidDatabaseUrl(ValueError):
    """The text is no URL of a PostgreSQL server."""


def asyncpg_url(url: str) -> URL:
    """``url`` for SQLAlchemy's asyncpg dialect. Raises InvalidDatabaseUrl."""
    parsed = _parse(url)
    return parsed.set(drivername="postgresql+asyncpg")


def plain_url(url: str) -> str:
    """``url`` for asyncpg itself, password included."""
    return _parse(url).set(drivername="postgresql").render_as_string(hide_password=False)


def database_on_server(server_url: str, database: str) -> str:
    """The URL of ``database`` on the server that ``server_url`` names; a database in it is replaced."""
    return _parse(server_url).set(drivername="postgresql", database=database).render_as_string(hide_password=False)


def database_name(url: str) -> str:
    """The database that ``url`` names. Raises InvalidDatabaseUrl when it names none."""
    name = _parse(url).database
    if not name:
        raise InvalidDatabaseUrl("the database URL names no database")
    return name


def _parse(url: str) -> URL:
    try:
        parsed = make_url(url)
    except ArgumentError as error:
        raise InvalidDatabaseUrl("the database URL is malformed") from error
    if parsed.drivername not in _SCHEMES:
        raise InvalidDatabaseUrl(f"the database URL's scheme is {parsed.drivername!r}, not postgresql")
    return parsed
