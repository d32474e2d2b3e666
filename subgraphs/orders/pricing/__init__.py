"""What a cart costs: shipping rates, tax, totals. Pure; amounts are integer minor units."""

from subgraphs.orders.pricing.shipping import ShippingRate, find_rate, rates_for
from subgraphs.orders.pricing.tax import TaxLine
from subgraphs.orders.pricing.totals import LineToPrice, PricedLine, Totals, price

__all__ = [
    "LineToPrice",
    "PricedLine",
    "ShippingRate",
    "TaxLine",
    "Totals",
    "find_rate",
    "price",
    "rates_for",
]
