"""Totals add up exactly, whatever is in the cart."""

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from shared.money import Money
from subgraphs.orders.pricing import LineToPrice, find_rate, price, rates_for
from subgraphs.orders.pricing.tax import tax_on

LINES = st.lists(
    st.builds(
        LineToPrice,
        line_id=st.uuids().map(str),
        quantity=st.integers(1, 10_000),
        unit_price=st.integers(0, 10**8).map(lambda minor: Money(minor, "EUR")),
        tax_class=st.sampled_from(["standard", "reduced"]),
        includes_tax=st.booleans(),
    ),
    max_size=20,
)


@settings(max_examples=150, deadline=None)
@given(LINES, st.none() | st.integers(0, 10**5), st.sampled_from(["DE", "FR", "CH", "US"]))
def test_lines_shipping_and_tax_on_top_are_the_total(lines, postage, country):
    shipping = None if postage is None else Money(postage, "EUR")
    totals = price(lines, shipping=shipping, country=country, currency="EUR")
    taxes = [line.tax for line in totals.lines] + ([totals.shipping_tax] if totals.shipping_tax else [])
    on_top = sum(tax.amount.minor_units for tax in taxes if not tax.included)
    lines_total = sum(line.total.minor_units for line in totals.lines)
    assert totals.subtotal.minor_units == lines_total
    assert totals.total.minor_units == lines_total + (postage or 0) + on_top
    assert totals.tax.minor_units == sum(tax.amount.minor_units for tax in taxes)
    assert totals.tax.minor_units == sum(tax.amount.minor_units for tax in totals.tax_lines)
    assert totals.taxes_included == (on_top == 0 and all(line.includes_tax for line in lines))


@pytest.mark.parametrize(
    ("minor", "included", "tax"),
    [(11_900, True, 1_900), (10_000, False, 1_900), (1, True, 0), (0, False, 0), (50, False, 10)],
)
def test_tax_is_rounded_half_even_once(minor, included, tax):
    line = tax_on(Money(minor, "EUR"), country="DE", tax_class="standard", included=included)
    assert (line.amount.minor_units, line.rate, line.title) == (tax, Decimal("0.19"), "VAT 19 %")


def test_rates_serve_destinations():
    assert [rate.code for rate in rates_for("DE", "EUR")] == ["standard", "express"]
    assert [rate.code for rate in rates_for("IT", "EUR")] == ["europe"]
    assert rates_for("US", "EUR") == rates_for("DE", "USD") == []
    assert find_rate("standard", "IT", "EUR") is None
    assert find_rate(None, "DE", "EUR") is None
