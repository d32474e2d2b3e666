"""Relay connections over pages: one set of resolvers for every connection type."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, TypeVar

from ariadne import ObjectType
from graphql import GraphQLResolveInfo

from shared.pagination import Page, make_page, page_request

T = TypeVar("T")


def resolve_edges(page: Page[Any], _: GraphQLResolveInfo[Any]) -> list[dict[str, Any]]:
    """The items with their cursors."""
    return [{"cursor": cursor, "node": item} for cursor, item in zip(page.cursors, page.items, strict=True)]


def resolve_nodes(page: Page[Any], _: GraphQLResolveInfo[Any]) -> Sequence[Any]:
    """The items."""
    return page.items


def resolve_page_info(page: Page[Any], _: GraphQLResolveInfo[Any]) -> Page[Any]:
    """A page has the fields of PageInfo itself."""
    return page


def connection_type(name: str) -> ObjectType:
    """The bindable of a connection type whose source is a Page."""
    bindable = ObjectType(name)
    bindable.set_field("edges", resolve_edges)
    bindable.set_field("nodes", resolve_nodes)
    bindable.set_field("pageInfo", resolve_page_info)
    return bindable


def page_of(
    items: Sequence[T], *, order: str, key: Callable[[T], tuple[int, str]], first: int | None, after: str | None
) -> Page[T]:
    """A page of a list that is loaded whole and sorted by ``key``, a position and an id."""
    request = page_request(order, (int, str), first=first, after=after)
    remaining = [item for item in items if request.after is None or key(item) > request.after]
    return make_page(remaining[: request.fetch_limit], request, order=order, key=key, total_count=len(items))


CONNECTIONS = tuple(
    connection_type(name)
    for name in ("ProductVariantConnection", "CategoryConnection", "CollectionConnection", "MediaConnection")
)
