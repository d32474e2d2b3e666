"""One demo product from its index: equal for every size of the catalogue, independent of its neighbours."""

from __future__ import annotations

import itertools
import random
from datetime import UTC, datetime, timedelta

from shared.demo.model import RELEASED, Brand, Image, Product, Text, Variant
from shared.demo.taxonomy import Blueprint, Leaf
from shared.demo.variants import build_variants, choose_options
from shared.demo.vocabulary import BRANDS, CLOSINGS, COLORS, LINES, MATERIALS, QUALITIES, TAGS
from shared.ids import derived_id

COLLECTIONS = (
    ("staff-picks", Text("Staff picks", "Unsere Lieblinge"), Text("What we use ourselves.", "Was wir selbst nutzen.")),
    ("summer-sale", Text("Sale", "Angebote"), Text("Reduced while stocks last.", "Reduziert, solange es reicht.")),
    ("under-50", Text("Under 50 euros", "Unter 50 Euro"), Text("Small prices.", "Kleine Preise.")),
    ("new-arrivals", Text("New arrivals", "Neuheiten"), Text("Just in.", "Gerade eingetroffen.")),
)
IMAGE_EDGE = 1600
"""Width and height in pixels of a demo image at full size."""

_MATERIAL = {option.code: option.label for option in MATERIALS}
_SWATCH = {option.code: (option.swatch or "#808080").removeprefix("#") for option in COLORS}
_NEUTRAL = "b9b4a7"
_CATALOGUE_DAYS = 360
_NEW_FROM_DAY = 330


def brands() -> tuple[Brand, ...]:
    """Every brand of the catalogue."""
    return tuple(Brand(derived_id("brd", "demo", code), _slugify(name), name, code) for name, code in BRANDS)


def collection_id(slug: str) -> str:
    """The id of one of `COLLECTIONS`."""
    return derived_id("col", "demo", slug)


def build_product(index: int, leaves: tuple[Leaf, ...], makers: tuple[Brand, ...]) -> Product:
    """The ``index``-th product of the demo catalogue."""
    rng = random.Random(f"product:{index}")  # noqa: S311 -- reproducible, not secret
    leaf = leaves[rng.randrange(len(leaves))]
    blueprint = leaf.blueprint
    brand = rng.choice(makers)
    material = rng.choice(blueprint.materials)
    noun = rng.choice(blueprint.nouns)
    name = _name(rng.choice(LINES), material, noun)
    product_id = derived_id("prod", "demo", index)
    age_days = rng.randrange(_CATALOGUE_DAYS)
    created_at = datetime.combine(RELEASED, datetime.min.time(), UTC) + timedelta(days=age_days, seconds=index % 86400)
    axes = choose_options(rng, blueprint)
    variants = build_variants(
        rng,
        index=index,
        product_id=product_id,
        brand_code=brand.code,
        blueprint=blueprint,
        axes=axes,
        created_at=created_at,
    )
    on_sale, cheap, new = variants[0].compare_at is not None, variants[0].price < 5000, age_days >= _NEW_FROM_DAY
    picked = rng.random() < 0.03
    memberships = zip((slug for slug, _, _ in COLLECTIONS), (picked, on_sale, cheap, new), strict=True)
    return Product(
        index=index,
        id=product_id,
        slug=f"{_slugify(name.en)}-{index + 1}",
        name=name,
        description=_description(rng, brand, material, noun),
        brand_id=brand.id,
        product_type_id=derived_id("ptp", "demo", blueprint.product_type),
        category_path=leaf.category.path,
        collection_ids=tuple(collection_id(slug) for slug, member in memberships if member),
        tags=tuple(sorted(rng.sample(TAGS, rng.randint(0, 2)))),
        attributes=_attributes(rng, blueprint, material, variants[0], created_at),
        options=tuple(
            (_option_name(variants, place), tuple(option.label.en for option in options))
            for place, (_, options) in enumerate(axes)
        ),
        variants=variants,
        images=_images(index, blueprint, name, variants),
        sales_score=int(10_000 * rng.random() ** 4),
        created_at=created_at,
        published_at=created_at + timedelta(hours=6),
    )


def _option_name(variants: tuple[Variant, ...], place: int) -> str:
    return variants[0].selected_options[place][0]


def _name(line: str, material: str, noun: Text) -> Text:
    label = _MATERIAL[material]
    return Text(f"{line} {label.en} {noun.en}", f"{line} {noun.de} aus {label.de}")


def _description(rng: random.Random, brand: Brand, material: str, noun: Text) -> Text:
    quality, closing, label = rng.choice(QUALITIES), rng.choice(CLOSINGS), _MATERIAL[material]
    return Text(
        f"A {noun.en.lower()} in {label.en.lower()} by {brand.name}, {quality.en}. {closing.en}",
        f"{noun.de} aus {label.de} von {brand.name}, {quality.de}. {closing.de}",
    )


def _attributes(
    rng: random.Random, blueprint: Blueprint, material: str, variant: Variant, created_at: datetime
) -> dict[str, object]:
    values: dict[str, object] = {
        "material": material,
        "weight": variant.weight_grams,
        "length": variant.dimensions.length,
        "released": created_at.date().isoformat(),
    }
    features = rng.sample(_FEATURES_OF[blueprint.product_type], rng.randint(0, 2))
    if features:
        values["features"] = sorted(features)
    match blueprint.product_type:
        case "apparel":
            values["audience"] = rng.choice(("women", "men", "unisex", "kids"))
            values["care"] = rng.choice(("Machine wash at 30 °C", "Hand wash", "Wipe clean"))
        case "footwear":
            values["audience"] = rng.choice(("women", "men", "unisex"))
            values["waterproof"] = rng.random() < 0.4
        case "bag" | "outdoor":
            values["waterproof"] = rng.random() < 0.5
        case "furniture":
            values["care"] = rng.choice(("Oil once a year", "Wipe with a damp cloth"))
        case "lighting":
            values["power"] = rng.choice((5, 7, 9, 12, 15))
        case "electronics":
            values["battery-hours"] = rng.choice((8, 12, 20, 30, 40))
            values["power"] = rng.choice((5, 10, 18, 30))
    return values


_FEATURES_OF: dict[str, tuple[str, ...]] = {
    "apparel": ("organic", "recycled", "machine-washable", "handmade"),
    "footwear": ("recycled", "handmade", "repairable"),
    "bag": ("recycled", "foldable", "repairable"),
    "furniture": ("handmade", "repairable", "foldable"),
    "kitchenware": ("dishwasher-safe", "handmade"),
    "lighting": ("usb-c", "repairable", "handmade"),
    "electronics": ("bluetooth", "usb-c", "repairable"),
    "outdoor": ("foldable", "recycled", "repairable"),
}


def _images(index: int, blueprint: Blueprint, name: Text, variants: tuple[Variant, ...]) -> tuple[Image, ...]:
    """A picture per offered colour, shared by that colour's variants, and a neutral one of the product."""
    by_color = itertools.groupby(variants, key=lambda variant: variant.attributes.get("color"))
    views = [(_SWATCH[color], tuple(v.id for v in group)) for color, group in by_color if color]
    views.append((_NEUTRAL, ()))
    images = []
    for position, (swatch, variant_ids) in enumerate(views):
        image_id = derived_id("img", "demo", index, position)
        path = f"{blueprint.kind}-{swatch}-{image_id}"
        images.append(Image(image_id, path, name, position, IMAGE_EDGE, IMAGE_EDGE, variant_ids))
    return tuple(images)


def _slugify(text: str) -> str:
    return "-".join("".join(c if c.isascii() and c.isalnum() else " " for c in text.lower()).split())
