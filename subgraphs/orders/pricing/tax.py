"""Value added tax by destination and tax class."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from shared.money import Money, round_half_even

STANDARD: Final = "standard"

_STANDARD_RATES: Final = {
    "DE": "0.19",
    "AT": "0.20",
    "BE": "0.21",
    "CZ": "0.21",
    "DK": "0.25",
    "ES": "0.21",
    "FR": "0.20",
    "GB": "0.20",
    "IE": "0.23",
    "IT": "0.22",
    "LU": "0.17",
    "NL": "0.21",
    "PL": "0.23",
    "PT": "0.23",
    "SE": "0.25",
    "CH": "0.081",
}
_REDUCED_RATES: Final = {"DE": "0.07", "AT": "0.10", "FR": "0.055", "NL": "0.09"}


@dataclass(frozen=True, slots=True)
class TaxLine:
    """Tax on one line or on shipping; ``included`` says whether the price already holds it."""

    title: str
    rate: Decimal
    jurisdiction: str
    amount: Money
    included: bool


def tax_rate(country: str, tax_class: str) -> Decimal:
    """The rate as a fraction; zero where the shop is not registered."""
    reduced = _REDUCED_RATES.get(country) if tax_class == "reduced" else None
    return Decimal(reduced or _STANDARD_RATES.get(country, "0"))


def tax_on(amount: Money, *, country: str, tax_class: str, included: bool) -> TaxLine:
    """The tax on ``amount``, rounded half-even once."""
    rate = tax_rate(country, tax_class)
    share = rate / (1 + rate) if included else rate
    minor = round_half_even(Decimal(amount.minor_units) * share)
    return TaxLine(f"VAT {_percent(rate)} %", rate, country, Money(minor, amount.currency), included)


def _percent(rate: Decimal) -> str:
    return format((rate * 100).normalize(), "f")
