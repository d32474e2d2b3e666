"""The sister services as orders needs them: protocols, values, and their GraphQL clients."""

from subgraphs.orders.clients.inventory import (
    GraphQLInventory,
    Inventory,
    ReservationRefused,
    Shortage,
    VariantStock,
)
from subgraphs.orders.clients.products import GraphQLProducts, Products, VariantSnapshot

__all__ = [
    "GraphQLInventory",
    "GraphQLProducts",
    "Inventory",
    "Products",
    "ReservationRefused",
    "Shortage",
    "VariantSnapshot",
    "VariantStock",
]
