"""The data behind the benchmark's subgraphs, sized so that the big query's answer has about 87 KB."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class User:
    id: str
    name: str
    username: str
    birthday: int


@dataclass(frozen=True, slots=True)
class Product:
    upc: str
    name: str
    price: int
    weight: int
    in_stock: bool


@dataclass(frozen=True, slots=True)
class Review:
    id: str
    body: str
    author: str
    product: str


USERS = (
    User("1", "Mara Lowe", "maral", 1959),
    User("2", "Dana Frost", "dfrost", 1988),
    User("3", "Kamil Reyes", "kamilr", 1979),
    User("4", "Noor Lindqvist", "noorl", 1999),
    User("5", "Abel Stone", "stonea", 1988),
    User("6", "Lia Okafor", "liaok", 1992),
)

PRODUCTS = (
    Product("1", "Table", 899, 100, in_stock=True),
    Product("2", "Couch", 1299, 1000, in_stock=False),
    Product("3", "Glass", 15, 20, in_stock=False),
    Product("4", "Chair", 499, 100, in_stock=False),
    Product("5", "Lamp", 1299, 50, in_stock=True),
    Product("6", "Shelf", 99, 300, in_stock=True),
    Product("7", "Desk", 1099, 800, in_stock=True),
    Product("8", "Stool", 59, 40, in_stock=False),
    Product("9", "Mirror", 210, 60, in_stock=True),
)

_PHRASES = (
    "Arrived on time and does what it promises.",
    "Better than the photos, and sturdier too.",
    "Could be cheaper, but I would buy it again.",
    "It took a while to put together; worth it.",
    "Not for me.",
)

# (author, product): people write about the same products again and again, which makes the answer repeat itself.
_WRITTEN = (
    ("4", "6"),
    ("1", "7"),
    ("4", "2"),
    ("2", "2"),
    ("3", "3"),
    ("3", "3"),
    ("5", "1"),
    ("4", "2"),
    ("1", "5"),
    ("2", "6"),
    ("1", "2"),
    ("3", "1"),
    ("3", "1"),
    ("1", "3"),
    ("2", "2"),
    ("4", "2"),
    ("3", "4"),
    ("3", "2"),
    ("2", "4"),
    ("5", "1"),
)

REVIEWS = tuple(
    Review(str(number + 1), _PHRASES[number % len(_PHRASES)], author, product)
    for number, (author, product) in enumerate(_WRITTEN)
)


def shipping_estimate(price: int | None, weight: int | None) -> int | None:
    """Free above a price, otherwise by weight: computed from what the gateway sends on, never looked up."""
    if price is None or weight is None:
        return None
    return 0 if price > 1000 else round(weight * 0.5)
