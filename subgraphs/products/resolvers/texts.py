"""Translated fields: ``name(language:)`` and its like."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from subgraphs.products.context import Info
from subgraphs.products.domain.market import text_in


def translated(field: str) -> Callable[..., str | None]:
    """A resolver that picks from the source's mapping ``field`` the language asked for, or the market's."""

    def resolve(source: Any, info: Info, *, language: str | None = None) -> str | None:
        return text_in(getattr(source, field), language, info.context.market)

    return resolve


def resolve_seo(source: Any, info: Info, *, language: str | None = None) -> dict[str, str | None]:
    """Search engines read name and description, until somebody writes better ones."""
    market = info.context.market
    return {
        "title": text_in(source.names, language, market),
        "description": text_in(source.descriptions, language, market),
    }
