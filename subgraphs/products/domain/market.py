"""The market of a request, and which text and price suit it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final, TypeVar

from shared.money import is_currency_code
from subgraphs.products.domain.records import PriceRecord, PriceSpan, Texts

BASE_CURRENCY: Final = "EUR"
BASE_LANGUAGE: Final = "en"
LANGUAGES: Final = ("en", "de")

PriceT = TypeVar("PriceT", PriceRecord, PriceSpan)


@dataclass(frozen=True, slots=True)
class Market:
    """The language and currency that suit a caller; explicit arguments win over them."""

    language: str = BASE_LANGUAGE
    currency: str = BASE_CURRENCY


def market_for(*, language: str | None, currency: str | None) -> Market:
    """The market that the gateway forwarded; what is missing, malformed or unknown falls back to the base."""
    primary = (language or "").split("-")[0].lower()
    return Market(
        language=primary if primary in LANGUAGES else BASE_LANGUAGE,
        currency=currency if currency and is_currency_code(currency) else BASE_CURRENCY,
    )


def index_language(language: str | None, market: Market) -> str:
    """The language whose index answers a search."""
    if language is None:
        return market.language
    primary = language.split("-")[0].lower()
    return primary if primary in LANGUAGES else BASE_LANGUAGE


def text_in(texts: Texts, language: str | None, market: Market) -> str | None:
    """The text in the language asked for, else the market's, else the base language, else any."""
    wanted = (language.split("-")[0].lower() if language else None, market.language, BASE_LANGUAGE)
    for candidate in wanted:
        if candidate is not None and candidate in texts:
            return texts[candidate]
    return next(iter(texts.values()), None)


def in_currency(prices: Sequence[PriceT], currency: str | None, market: Market) -> list[PriceT]:
    """The prices in the currency asked for; without one, in the market's, or where that has none in the base's."""
    for candidate in (currency,) if currency else (market.currency, BASE_CURRENCY):
        found = [price for price in prices if price.currency == candidate]
        if found:
            return found
    return []


def price_for_quantity(prices: Iterable[PriceRecord], quantity: int) -> PriceRecord | None:
    """The price of the highest tier that ``quantity`` reaches; None below the lowest."""
    reached = [price for price in prices if price.minimum_quantity <= quantity]
    return max(reached, key=lambda price: price.minimum_quantity, default=None)
