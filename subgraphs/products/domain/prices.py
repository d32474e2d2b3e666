"""Prices as shoppers see them, from the rows in force."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from shared.money import Money
from subgraphs.products.domain.market import Market, in_currency, price_for_quantity
from subgraphs.products.domain.records import PriceRecord, PriceSpan


@dataclass(frozen=True, slots=True)
class Price:
    """What one piece costs; ``compare_at`` is the price that it is reduced from."""

    money: Money
    compare_at: Money | None
    includes_tax: bool
    valid_until: datetime | None


@dataclass(frozen=True, slots=True)
class PriceRange:
    """The cheapest and the dearest variant."""

    min: Money
    max: Money


@dataclass(frozen=True, slots=True)
class QuantityBreak:
    """What one piece costs from ``minimum_quantity`` pieces on."""

    minimum_quantity: int
    price: Money


def resolve_price(prices: Sequence[PriceRecord], currency: str | None, quantity: int, market: Market) -> Price | None:
    """The price of one of ``quantity`` pieces; None where it is not sold so."""
    row = price_for_quantity(in_currency(prices, currency, market), quantity)
    if row is None:
        return None
    return Price(
        money=Money(row.amount_minor, row.currency),
        compare_at=None if row.compare_at_minor is None else Money(row.compare_at_minor, row.currency),
        includes_tax=row.includes_tax,
        valid_until=row.effective_to,
    )


def quantity_breaks(prices: Sequence[PriceRecord], currency: str | None, market: Market) -> list[QuantityBreak]:
    """The tiers above the price for one piece, lowest first."""
    tiers = sorted(in_currency(prices, currency, market), key=lambda price: price.minimum_quantity)
    return [
        QuantityBreak(price.minimum_quantity, Money(price.amount_minor, price.currency))
        for price in tiers
        if price.minimum_quantity > 1
    ]


def current_reduction(prices: Sequence[PriceRecord], currency: str | None, market: Market) -> PriceRecord | None:
    """The price for one piece, when it is reduced."""
    row = price_for_quantity(in_currency(prices, currency, market), 1)
    return row if row is not None and row.compare_at_minor is not None else None


def price_range(spans: Sequence[PriceSpan], currency: str | None, market: Market) -> PriceRange | None:
    """From the cheapest to the dearest variant; None when none has a price."""
    span = next(iter(in_currency(spans, currency, market)), None)
    return None if span is None else _range(span, span.least, span.greatest)


def compare_at_range(spans: Sequence[PriceSpan], currency: str | None, market: Market) -> PriceRange | None:
    """The same of the prices that variants are reduced from; None when none is reduced."""
    span = next(iter(in_currency(spans, currency, market)), None)
    if span is None or span.compare_least is None or span.compare_greatest is None:
        return None
    return _range(span, span.compare_least, span.compare_greatest)


def _range(span: PriceSpan, least: int, greatest: int) -> PriceRange:
    return PriceRange(Money(least, span.currency), Money(greatest, span.currency))
