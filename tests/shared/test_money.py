from decimal import Decimal

import pytest

from shared.errors import BadUserInput
from shared.money import CurrencyMismatch, Money, round_half_even, total


@pytest.mark.parametrize(
    ("amount", "currency", "minor"), [("19.99", "EUR", 1999), ("500", "JPY", 500), ("1.234", "KWD", 1234)]
)
def test_amounts_are_exact_in_the_currency_s_digits(amount, currency, minor):
    money = Money.from_amount(Decimal(amount), currency)
    assert (money.minor_units, str(money.amount)) == (minor, amount)


@pytest.mark.parametrize(("amount", "currency"), [("0.001", "EUR"), ("0.5", "JPY"), ("NaN", "EUR"), ("1", "euro")])
def test_amounts_that_the_currency_cannot_hold_are_refused(amount, currency):
    with pytest.raises(BadUserInput):
        Money.from_amount(Decimal(amount), currency)


@pytest.mark.parametrize(("minor", "expected"), [(250, 2), (350, 4), (251, 3), (249, 2)])
def test_ties_round_to_the_even_minor_unit(minor, expected):
    assert round_half_even(Decimal(minor) / 100) == expected


def test_two_currencies_are_never_added():
    with pytest.raises(CurrencyMismatch):
        Money(1, "EUR") + Money(1, "USD")


def test_sums_are_exact_and_empty_ones_are_zero():
    assert total([Money(1, "EUR"), Money(2, "EUR")], "EUR") == Money(3, "EUR")
    assert total([], "JPY") == Money(0, "JPY")
