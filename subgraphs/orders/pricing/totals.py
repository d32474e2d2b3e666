"""The order of pricing: line totals, shipping, tax per line and on shipping, total.

Each amount is rounded once where it arises; after that only integers are added, so that
``Σ line totals + shipping + tax that is not included = total`` holds exactly.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from shared.money import Money, total
from subgraphs.orders.pricing.tax import STANDARD, TaxLine, tax_on


@dataclass(frozen=True, slots=True)
class LineToPrice:
    """What pricing needs to know of a line."""

    line_id: str
    quantity: int
    unit_price: Money
    tax_class: str
    includes_tax: bool


@dataclass(frozen=True, slots=True)
class PricedLine:
    """``total`` is quantity times price, before tax that comes on top."""

    line_id: str
    total: Money
    tax: TaxLine


@dataclass(frozen=True, slots=True)
class Totals:
    """The cost of a cart or order; ``tax`` is all tax, included or not."""

    lines: tuple[PricedLine, ...]
    subtotal: Money
    discount: Money
    shipping: Money
    shipping_tax: TaxLine | None
    tax: Money
    total: Money
    taxes_included: bool

    @property
    def tax_lines(self) -> tuple[TaxLine, ...]:
        """One per rate, summed."""
        merged: dict[tuple[str, bool], TaxLine] = {}
        for tax in (*(line.tax for line in self.lines), *((self.shipping_tax,) if self.shipping_tax else ())):
            key = (tax.title, tax.included)
            known = merged.get(key)
            amount = known.amount + tax.amount if known else tax.amount
            merged[key] = TaxLine(tax.title, tax.rate, tax.jurisdiction, amount, tax.included)
        return tuple(merged.values())


def price(lines: Sequence[LineToPrice], *, shipping: Money | None, country: str, currency: str) -> Totals:
    """The totals of ``lines`` shipped to ``country``; ``shipping`` is None while no rate is chosen."""
    priced = tuple(_price_line(line, country) for line in lines)
    subtotal = total([line.total for line in priced], currency)
    included = all(line.includes_tax for line in lines)
    postage = shipping or Money.zero(currency)
    on_shipping = tax_on(postage, country=country, tax_class=STANDARD, included=included) if shipping else None
    taxes = [line.tax for line in priced] + ([on_shipping] if on_shipping else [])
    on_top = total([tax.amount for tax in taxes if not tax.included], currency)
    return Totals(
        lines=priced,
        subtotal=subtotal,
        discount=Money.zero(currency),
        shipping=postage,
        shipping_tax=on_shipping,
        tax=total([tax.amount for tax in taxes], currency),
        total=subtotal + postage + on_top,
        taxes_included=included,
    )


def _price_line(line: LineToPrice, country: str) -> PricedLine:
    amount = line.unit_price.times(line.quantity)
    tax = tax_on(amount, country=country, tax_class=line.tax_class, included=line.includes_tax)
    return PricedLine(line.line_id, amount, tax)
