"""The deterministic demo data that every domain loads its own database from.

No I/O and no clock: the same size gives the same catalogue on every machine, so that each domain derives the ids of
the others' entities instead of reading their databases. Start with `Catalogue`::

    catalogue = Catalogue(size=1_000)          # counts SKUs
    for chunk in catalogue.products():         # tuple[Product, ...], at most 500 at a time
        for product in chunk:
            product.variants                   # 1 to 6, with prices, weights, selected options
            reviews_of(product)                # tuple[Review, ...]
            stock_of(product.variants[0])      # one StockLevel per warehouse of WAREHOUSES
    SIGN_IN_USERS, REVIEWERS                   # demo users; only the former have a password
"""

from shared.demo.catalogue import DEFAULT_SIZE, Catalogue, product_id
from shared.demo.model import (
    CURRENCY,
    LANGUAGES,
    PASSWORD,
    AttributeDefinition,
    AttributeOption,
    Brand,
    Category,
    Collection,
    DemoAddress,
    DemoUser,
    Dimensions,
    Image,
    PastPrice,
    Product,
    ProductType,
    Review,
    StockLevel,
    Text,
    Variant,
    Warehouse,
)
from shared.demo.reviews import reviews_of
from shared.demo.stock import WAREHOUSES, stock_of
from shared.demo.users import ADA, INES, REVIEWERS, SAM, SIGN_IN_USERS

__all__ = [
    "ADA",
    "CURRENCY",
    "DEFAULT_SIZE",
    "INES",
    "LANGUAGES",
    "PASSWORD",
    "REVIEWERS",
    "SAM",
    "SIGN_IN_USERS",
    "WAREHOUSES",
    "AttributeDefinition",
    "AttributeOption",
    "Brand",
    "Catalogue",
    "Category",
    "Collection",
    "DemoAddress",
    "DemoUser",
    "Dimensions",
    "Image",
    "PastPrice",
    "Product",
    "ProductType",
    "Review",
    "StockLevel",
    "Text",
    "Variant",
    "Warehouse",
    "product_id",
    "reviews_of",
    "stock_of",
]
