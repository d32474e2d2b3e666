"""Money in integer minor units.

Amounts are rounded half-even to minor units once, where they arise; from then on only integers are added. The number
of minor digits is the currency's (ISO 4217): 2 unless listed here.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_EVEN, Decimal
from typing import Final

from shared.errors import BadUserInput

_EXPONENTS: Final = {
    **dict.fromkeys(("BIF", "CLP", "DJF", "GNF", "ISK", "JPY", "KMF", "KRW", "PYG", "RWF", "UGX", "VND", "VUV"), 0),
    **dict.fromkeys(("XAF", "XOF", "XPF"), 0),
    **dict.fromkeys(("BHD", "IQD", "JOD", "KWD", "LYD", "OMR", "TND"), 3),
}
_MAX_MINOR_UNITS: Final = 2**63 - 1


class CurrencyMismatch(ValueError):
    """Amounts of two currencies met in one sum."""


def exponent(currency: str) -> int:
    """Minor digits of ``currency``."""
    return _EXPONENTS.get(currency, 2)


def is_currency_code(text: str) -> bool:
    """True for the form of an ISO 4217 code."""
    return len(text) == 3 and text.isascii() and text.isalpha() and text.isupper()


def round_half_even(value: Decimal) -> int:
    """The nearest integer, ties to the even one."""
    return int(value.quantize(Decimal(1), rounding=ROUND_HALF_EVEN))


@dataclass(frozen=True, slots=True, order=False)
class Money:
    """``minor_units`` of ``currency``: 1999 EUR is 19.99 €, 1999 JPY is 1999 ¥."""

    minor_units: int
    currency: str

    @classmethod
    def zero(cls, currency: str) -> Money:
        return cls(0, currency)

    @classmethod
    def from_amount(cls, amount: Decimal, currency: str) -> Money:
        """The exact money of a decimal amount. Raises BadUserInput when it has more digits than the currency."""
        if not is_currency_code(currency):
            raise BadUserInput(f"{currency!r} is not an ISO 4217 currency code.")
        if not amount.is_finite() or amount.adjusted() > 18:
            raise BadUserInput("The amount is out of range.")
        scaled = amount.scaleb(exponent(currency))
        if scaled != scaled.to_integral_value() or abs(scaled) > _MAX_MINOR_UNITS:
            raise BadUserInput(f"{currency} has {exponent(currency)} decimal digits.")
        return cls(int(scaled), currency)

    @property
    def amount(self) -> Decimal:
        """The decimal amount with exactly the currency's digits."""
        digits = exponent(self.currency)
        return Decimal(self.minor_units).scaleb(-digits).quantize(Decimal(1).scaleb(-digits))

    def __add__(self, other: Money) -> Money:
        return Money(self.minor_units + self._same(other).minor_units, self.currency)

    def __sub__(self, other: Money) -> Money:
        return Money(self.minor_units - self._same(other).minor_units, self.currency)

    def times(self, quantity: int) -> Money:
        return Money(self.minor_units * quantity, self.currency)

    def _same(self, other: Money) -> Money:
        if other.currency != self.currency:
            raise CurrencyMismatch(f"{self.currency} and {other.currency} cannot be added")
        return other


def total(amounts: Sequence[Money], currency: str) -> Money:
    """The sum, zero ``currency`` for an empty sequence."""
    result = Money.zero(currency)
    for amount in amounts:
        result += amount
    return result
