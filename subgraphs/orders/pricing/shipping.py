"""The flat shipping rates of the shop. Administration of rates as data comes with shipping methods."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from shared.money import Money

_CENTRAL: Final = frozenset({"DE", "AT", "NL", "BE", "LU", "FR"})
_EUROPE: Final = _CENTRAL | frozenset({"CH", "PL", "CZ", "DK", "SE", "ES", "IT", "PT", "GB", "IE"})


@dataclass(frozen=True, slots=True)
class ShippingRate:
    """A way to ship a whole cart; days are counted from the order."""

    code: str
    name: str
    carrier: str
    price: Money
    countries: frozenset[str]
    estimated_days_min: int
    estimated_days_max: int

    @property
    def id(self) -> str:
        """Rates are identified by code."""
        return self.code


_RATES: Final = (
    ShippingRate("standard", "Standard", "DHL", Money(490, "EUR"), _CENTRAL, 2, 4),
    ShippingRate("express", "Express", "UPS", Money(1_290, "EUR"), _CENTRAL, 1, 2),
    ShippingRate("europe", "Europe", "DHL", Money(1_490, "EUR"), _EUROPE - _CENTRAL, 4, 8),
)


def rates_for(country: str, currency: str) -> Sequence[ShippingRate]:
    """What a cart in ``currency`` can choose from to be shipped to ``country``, cheapest first."""
    return [rate for rate in _RATES if country in rate.countries and rate.price.currency == currency]


def find_rate(code: str | None, country: str, currency: str) -> ShippingRate | None:
    """The rate of this code, if it serves the destination."""
    return next((rate for rate in rates_for(country, currency) if rate.code == code), None)
