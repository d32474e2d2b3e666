from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.errors import BadUserInput
from shared.money import CurrencyMismatch, Money, spread, total


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
    assert Money(minor, "EUR").fraction(Decimal("0.01")).minor_units == expected


def test_two_currencies_are_never_added():
    with pytest.raises(CurrencyMismatch):
        Money(1, "EUR") + Money(1, "USD")


@given(st.integers(0, 10**9), st.lists(st.integers(0, 10**6), min_size=1, max_size=30))
def test_a_spread_amount_adds_up_and_follows_its_weights(minor, weights):
    parts = spread(Money(minor, "EUR"), weights)
    if sum(weights):
        assert total(parts, "EUR").minor_units == minor
        assert all(
            abs(part.minor_units - minor * weight / sum(weights)) <= 1
            for part, weight in zip(parts, weights, strict=True)
        )
