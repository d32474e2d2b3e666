"""Three warehouses and, for each variant, its units in each of them."""

from __future__ import annotations

import random

from shared.demo.model import StockLevel, Variant, Warehouse
from shared.ids import derived_id

WAREHOUSES = (
    Warehouse(
        derived_id("whs", "demo", "BER-1"), "BER-1", "Berlin", "DE", "12529", 52.38, 13.52, 0,
        ("DE", "AT", "CH", "PL", "CZ", "DK", "SE"),
    ),
    Warehouse(
        derived_id("whs", "demo", "RTM-1"), "RTM-1", "Rotterdam", "NL", "3198", 51.95, 4.13, 1,
        ("NL", "BE", "LU", "DE", "GB", "IE", "DK"),
    ),
    Warehouse(
        derived_id("whs", "demo", "LYS-1"), "LYS-1", "Lyon", "FR", "69150", 45.76, 4.95, 2,
        ("FR", "ES", "IT", "PT", "CH", "BE"),
    ),
)  # fmt: skip
REORDER_POINT = 5
REORDER_QUANTITY = 40


def stock_of(variant: Variant) -> tuple[StockLevel, ...]:
    """One level per warehouse. About one variant in twelve is sold out everywhere, one in ten is scarce."""
    rng = random.Random(f"stock:{variant.id}")  # noqa: S311 -- reproducible, not secret
    mood = rng.random()
    levels = []
    for warehouse in WAREHOUSES:
        if mood < 0.08:
            on_hand = 0
        elif mood < 0.18:
            on_hand = rng.randint(0, 2)
        else:
            on_hand = rng.randint(0, 120)
        levels.append(
            StockLevel(
                id=derived_id("stk", "demo", variant.id, warehouse.code),
                variant_id=variant.id,
                product_id=variant.product_id,
                sku=variant.sku,
                warehouse_id=warehouse.id,
                on_hand=on_hand,
                reorder_point=REORDER_POINT,
                reorder_quantity=REORDER_QUANTITY,
            )
        )
    return tuple(levels)
