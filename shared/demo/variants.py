"""The variants of a demo product: which options vary, what each costs, weighs and measures."""

from __future__ import annotations

import itertools
import math
import random
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from shared.demo.attributes import DEFINITIONS
from shared.demo.model import AttributeOption, Dimensions, PastPrice, Text, Variant
from shared.demo.taxonomy import Blueprint
from shared.demo.vocabulary import APPAREL_SIZES, CAPACITIES, COLORS, SHOE_SIZES
from shared.ids import derived_id

MOST_VARIANTS = 6
SALE_STARTED = datetime(2026, 1, 15, tzinfo=UTC)
"""All reductions of the demo began on this day."""

_AXIS_NAME = {definition.code: definition.label.en for definition in DEFINITIONS}
_SKU_COLOR = {option.code: option.code[:3].upper() for option in COLORS} | {
    "black": "BLK",
    "blue": "SKY",
    "brown": "BRN",
    "green": "GRN",
    "grey": "GRY",
}


@dataclass(frozen=True, slots=True)
class Pricing:
    """The price of a product's plainest variant, in cents, and its reduction in percent (0 for none)."""

    base: int
    reduction_percent: int


def choose_pricing(rng: random.Random, blueprint: Blueprint) -> Pricing:
    """Prices are spread evenly by ratio, so that cheap articles are as frequent as dear ones."""
    low, high = blueprint.price
    euros = low * math.exp(rng.random() * math.log(high / low))
    reduction = rng.choice((10, 15, 20, 25, 30, 40)) if rng.random() < 0.22 else 0
    return Pricing(_charm(euros * 100), reduction)


def _charm(cents: float) -> int:
    """A price as shops write it: 7.95, 49.90, 389.00."""
    euros = max(1, round(cents / 100))
    if euros < 20:
        return euros * 100 - 5
    return euros * 100 - 10 if euros < 200 else euros * 100


def choose_options(rng: random.Random, blueprint: Blueprint) -> tuple[tuple[str, tuple[AttributeOption, ...]], ...]:
    """For each axis the offered options, at most `MOST_VARIANTS` combinations in all."""
    budget = MOST_VARIANTS
    chosen: list[tuple[str, tuple[AttributeOption, ...]]] = []
    for axis in blueprint.axes:
        pool = _pool(axis, blueprint)
        alone = len(blueprint.axes) == 1
        wanted = rng.randint(1, 4 if alone else 3 if chosen else 2)
        count = min(wanted, len(pool), budget)
        budget //= count
        if axis == "color":
            options = tuple(rng.sample(pool, count))
        else:
            start = rng.randint(0, len(pool) - count)
            options = tuple(pool[start : start + count])
        chosen.append((axis, options))
    return tuple(chosen)


def _pool(axis: str, blueprint: Blueprint) -> tuple[AttributeOption, ...]:
    match axis:
        case "color":
            return COLORS
        case "size":
            return APPAREL_SIZES
        case "shoe-size":
            return SHOE_SIZES
        case "capacity":
            return tuple(option for option in CAPACITIES if option.code in blueprint.capacities)
        case _:
            raise ValueError(f"unknown variant axis {axis}")


def build_variants(
    rng: random.Random,
    *,
    index: int,
    product_id: str,
    brand_code: str,
    blueprint: Blueprint,
    axes: tuple[tuple[str, tuple[AttributeOption, ...]], ...],
    created_at: datetime,
) -> tuple[Variant, ...]:
    """One variant per combination of the chosen options; a product without axes has a single one."""
    pricing = choose_pricing(rng, blueprint)
    weight = rng.randint(*blueprint.weight)
    edge = rng.randint(*blueprint.edge)
    dimensions = Dimensions(edge, max(20, edge * 2 // 3), max(10, edge // 4))
    price_since = SALE_STARTED if pricing.reduction_percent else created_at
    variants = []
    for position, combination in enumerate(itertools.product(*(options for _, options in axes))):
        chosen = tuple(zip((axis for axis, _ in axes), combination, strict=True))
        regular = _charm(pricing.base * _surcharge(chosen, blueprint))
        price = _charm(regular * (100 - pricing.reduction_percent) / 100) if pricing.reduction_percent else regular
        reduced = price < regular
        variants.append(
            Variant(
                id=derived_id("var", "demo", index, position),
                product_id=product_id,
                sku="-".join((brand_code, f"{index + 1:05d}", *(_sku_part(option) for _, option in chosen))),
                gtin=_gtin(index * MOST_VARIANTS + position),
                position=position,
                title=_title(chosen),
                selected_options=tuple((_AXIS_NAME[axis], option.label.en) for axis, option in chosen),
                attributes={axis: option.code for axis, option in chosen},
                price=price,
                compare_at=regular if reduced else None,
                price_since=price_since if reduced else created_at,
                past_prices=_past_prices(regular, created_at, rng) if reduced else (),
                weight_grams=weight,
                dimensions=dimensions,
            )
        )
    return tuple(variants)


def _surcharge(chosen: tuple[tuple[str, AttributeOption], ...], blueprint: Blueprint) -> float:
    """Each step up in capacity costs a quarter more; colours and sizes cost the same."""
    steps = sum(blueprint.capacities.index(option.code) for axis, option in chosen if axis == "capacity")
    return 1.25**steps


def _past_prices(regular: int, created_at: datetime, rng: random.Random) -> tuple[PastPrice, ...]:
    """The regular price since the start and, for some, a dip within the month before the sale."""
    if rng.random() < 0.7:
        return (PastPrice(regular, created_at, SALE_STARTED),)
    dip_from, dip_to = SALE_STARTED - timedelta(days=20), SALE_STARTED - timedelta(days=10)
    return (
        PastPrice(regular, created_at, dip_from),
        PastPrice(_charm(regular * 0.95), dip_from, dip_to),
        PastPrice(regular, dip_to, SALE_STARTED),
    )


def _sku_part(option: AttributeOption) -> str:
    return _SKU_COLOR.get(option.code, option.code.upper())


def _title(chosen: tuple[tuple[str, AttributeOption], ...]) -> Text:
    if not chosen:
        return Text("One size", "Einheitsgröße")
    return Text(
        " / ".join(option.label.en for _, option in chosen), " / ".join(option.label.de for _, option in chosen)
    )


def _gtin(number: int) -> str:
    """A GTIN-13 of the range kept for use inside a company (prefix 20), with its check digit."""
    body = f"20{number:010d}"
    weighted = sum(int(digit) * (3 if place % 2 else 1) for place, digit in enumerate(body))
    return f"{body}{-weighted % 10}"
