"""Relay connections: page requests, opaque cursors that hold the sort key, and pages.

A cursor is base64url JSON ``[order, key…]``: it names the order it was made for, so that a cursor from another sort is
refused, and it holds nothing but the sort key, so that it outlives deploys and deletions.
"""

from __future__ import annotations

import base64
import binascii
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Final, Generic, TypeVar

import msgspec

from shared.errors import BadUserInput, LimitExceeded

MAX_PAGE_SIZE: Final = 100
_MAX_CURSOR_LENGTH: Final = 1_024

T = TypeVar("T")
S = TypeVar("S")


@dataclass(frozen=True, slots=True)
class PageRequest:
    """``limit`` items after or before a sort key; ``backward`` walks from the end."""

    limit: int
    after: tuple[Any, ...] | None = None
    before: tuple[Any, ...] | None = None
    backward: bool = False

    @property
    def fetch_limit(self) -> int:
        """One more than asked for: the extra row tells whether another page exists."""
        return self.limit + 1


@dataclass(frozen=True, slots=True)
class Page(Generic[T]):
    """Items in connection order with their cursors."""

    items: tuple[T, ...]
    cursors: tuple[str, ...]
    has_next_page: bool
    has_previous_page: bool
    total_count: int = 0

    @property
    def start_cursor(self) -> str | None:
        return self.cursors[0] if self.cursors else None

    @property
    def end_cursor(self) -> str | None:
        return self.cursors[-1] if self.cursors else None

    def map(self, convert: Callable[[T], S]) -> Page[S]:
        """The same page over converted items."""
        return Page(
            tuple(convert(item) for item in self.items),
            self.cursors,
            self.has_next_page,
            self.has_previous_page,
            self.total_count,
        )


def page_request(
    order: str,
    key_types: tuple[Any, ...],
    *,
    first: int | None,
    after: str | None = None,
    last: int | None = None,
    before: str | None = None,
) -> PageRequest:
    """The page that a connection's arguments ask for, in the order named ``order``, keyed by ``key_types``.

    Raises LimitExceeded above 100 items, BadUserInput for a negative size or a cursor of another order.
    """
    if last is not None and first is None:
        return PageRequest(_size("last", last), before=_decode(before, order, key_types), backward=True)
    if last is not None:
        raise BadUserInput("Ask for `first` or for `last`, not for both.")
    limit = _size("first", MAX_PAGE_SIZE if first is None else first)
    return PageRequest(limit, after=_decode(after, order, key_types), before=_decode(before, order, key_types))


def encode_cursor(order: str, key: Sequence[Any]) -> str:
    """The opaque cursor of one row."""
    return base64.urlsafe_b64encode(msgspec.json.encode([order, *key])).rstrip(b"=").decode("ascii")


def make_page(
    rows: Sequence[T],
    request: PageRequest,
    *,
    order: str,
    key: Callable[[T], Sequence[Any]],
    total_count: int = 0,
) -> Page[T]:
    """The page of up to ``request.fetch_limit`` rows as the query returned them (reversed when ``backward``)."""
    more = len(rows) > request.limit
    kept = list(rows[: request.limit])
    if request.backward:
        kept.reverse()
    return Page(
        items=tuple(kept),
        cursors=tuple(encode_cursor(order, key(row)) for row in kept),
        has_next_page=request.before is not None if request.backward else more,
        has_previous_page=more if request.backward else request.after is not None,
        total_count=total_count,
    )


def _size(argument: str, value: int) -> int:
    if value < 0:
        raise BadUserInput(f"`{argument}` is negative.")
    if value > MAX_PAGE_SIZE:
        raise LimitExceeded(f"`{argument}` is at most {MAX_PAGE_SIZE}.")
    return value


def _decode(cursor: str | None, order: str, key_types: tuple[Any, ...]) -> tuple[Any, ...] | None:
    if cursor is None:
        return None
    try:
        if len(cursor) > _MAX_CURSOR_LENGTH:
            raise BadUserInput("The cursor is not one of this list.")
        raw = base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4))
        head, *key = msgspec.json.decode(raw, type=list[Any])
        if head != order or len(key) != len(key_types):
            raise BadUserInput("The cursor is not one of this list.")
        return tuple(msgspec.convert(value, kind) for value, kind in zip(key, key_types, strict=True))
    except (binascii.Error, ValueError, msgspec.MsgspecError, RecursionError) as error:
        raise BadUserInput("The cursor is not one of this list.") from error
