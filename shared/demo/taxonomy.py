"""The category tree and, for each leaf, the blueprint of the products in it."""

from __future__ import annotations

from dataclasses import dataclass

from shared.demo.model import Category, Text
from shared.ids import derived_id


@dataclass(frozen=True, slots=True)
class Blueprint:
    """What the products of one leaf category have in common.

    ``axes`` name the variant attributes that vary; ``price`` is in whole euros, ``weight`` in grams, ``edge`` the
    longest side in millimetres; each as (least, most).
    """

    name: Text
    kind: str
    product_type: str
    nouns: tuple[Text, ...]
    materials: tuple[str, ...]
    axes: tuple[str, ...]
    price: tuple[int, int]
    weight: tuple[int, int]
    edge: tuple[int, int]
    capacities: tuple[str, ...] = ()


def _nouns(*pairs: str) -> tuple[Text, ...]:
    return tuple(Text(*pair.split("|")) for pair in pairs)


_FABRICS = ("cotton", "linen", "wool", "recycled-polyester")
_BAG_CLOTHS = ("canvas", "leather", "recycled-polyester")
_WOODS = ("oak", "walnut", "bamboo")
_METALS = ("aluminium", "steel")

TREE: tuple[tuple[Text, tuple[tuple[Text, tuple[Blueprint, ...]], ...]], ...] = (
    (
        Text("Fashion", "Mode"),
        (
            (
                Text("Clothing", "Bekleidung"),
                (
                    Blueprint(Text("Shirts & Tops", "Hemden & Oberteile"), "shirt", "apparel",
                              _nouns("Shirt|Hemd", "T-Shirt|T-Shirt", "Overshirt|Überhemd", "Blouse|Bluse"),
                              _FABRICS, ("color", "size"), (19, 110), (120, 420), (280, 360)),
                    Blueprint(Text("Knitwear", "Strickwaren"), "shirt", "apparel",
                              _nouns("Sweater|Pullover", "Cardigan|Strickjacke", "Vest|Weste"),
                              ("wool", "cotton"), ("color", "size"), (45, 190), (250, 700), (300, 400)),
                    Blueprint(Text("Jackets & Coats", "Jacken & Mäntel"), "jacket", "apparel",
                              _nouns("Rain Jacket|Regenjacke", "Parka|Parka", "Coat|Mantel"),
                              ("cotton", "wool", "recycled-polyester"), ("color", "size"), (79, 420), (500, 1600),
                              (380, 500)),
                ),
            ),
            (
                Text("Shoes", "Schuhe"),
                (
                    Blueprint(Text("Sneakers", "Sneaker"), "shoe", "footwear",
                              _nouns("Sneaker|Sneaker", "Runner|Laufschuh"), ("leather", "canvas"),
                              ("color", "shoe-size"), (49, 180), (500, 900), (310, 340)),
                    Blueprint(Text("Boots", "Stiefel"), "shoe", "footwear",
                              _nouns("Boot|Stiefel", "Chelsea Boot|Chelsea-Stiefel", "Hiking Boot|Wanderstiefel"),
                              ("leather",), ("color", "shoe-size"), (89, 290), (900, 1700), (330, 380)),
                ),
            ),
            (
                Text("Bags", "Taschen"),
                (
                    Blueprint(Text("Backpacks", "Rucksäcke"), "bag", "bag",
                              _nouns("Backpack|Rucksack", "Daypack|Tagesrucksack"), _BAG_CLOTHS,
                              ("color", "capacity"), (49, 240), (500, 1600), (400, 620), ("20l", "35l")),
                    Blueprint(Text("Totes & Shoulder Bags", "Shopper & Schultertaschen"), "bag", "bag",
                              _nouns("Tote|Shopper", "Shoulder Bag|Schultertasche"), _BAG_CLOTHS,
                              ("color",), (25, 260), (250, 900), (320, 450)),
                ),
            ),
        ),
    ),
    (
        Text("Home & Living", "Wohnen"),
        (
            (
                Text("Furniture", "Möbel"),
                (
                    Blueprint(Text("Chairs & Stools", "Stühle & Hocker"), "chair", "furniture",
                              _nouns("Chair|Stuhl", "Stool|Hocker", "Armchair|Sessel"), _WOODS,
                              ("color",), (79, 640), (3500, 14000), (500, 1000)),
                    Blueprint(Text("Tables", "Tische"), "table", "furniture",
                              _nouns("Dining Table|Esstisch", "Side Table|Beistelltisch", "Desk|Schreibtisch"),
                              _WOODS, (), (99, 1400), (6000, 42000), (600, 2200)),
                    Blueprint(Text("Shelves", "Regale"), "table", "furniture",
                              _nouns("Shelf|Regal", "Wall Shelf|Wandregal"), (*_WOODS, "steel"),
                              ("color",), (39, 560), (2000, 24000), (600, 2000)),
                ),
            ),
            (
                Text("Kitchen", "Küche"),
                (
                    Blueprint(Text("Cookware", "Kochgeschirr"), "pan", "kitchenware",
                              _nouns("Frying Pan|Bratpfanne", "Saucepan|Stielkasserolle", "Casserole|Bräter"),
                              ("cast-iron", "steel", "aluminium"), ("color",), (29, 280), (800, 5200), (250, 480)),
                    Blueprint(Text("Mugs & Bottles", "Tassen & Flaschen"), "mug", "kitchenware",
                              _nouns("Mug|Tasse", "Bottle|Flasche", "Tumbler|Becher"),
                              ("ceramic", "glass", "steel"), ("color", "capacity"), (9, 59), (180, 620), (90, 290),
                              ("350ml", "500ml", "1l")),
                    Blueprint(Text("Tableware", "Geschirr"), "pan", "kitchenware",
                              _nouns("Dinner Plate|Essteller", "Bowl|Schale", "Serving Board|Servierbrett"),
                              ("ceramic", "oak", "bamboo"), ("color",), (12, 120), (250, 1600), (150, 400)),
                ),
            ),
            (
                Text("Lighting", "Leuchten"),
                (
                    Blueprint(Text("Table Lamps", "Tischleuchten"), "lamp", "lighting",
                              _nouns("Table Lamp|Tischleuchte", "Desk Lamp|Schreibtischleuchte"),
                              (*_METALS, "glass", "ceramic"), ("color",), (35, 320), (900, 3800), (300, 600)),
                    Blueprint(Text("Pendant Lamps", "Pendelleuchten"), "lamp", "lighting",
                              _nouns("Pendant Lamp|Pendelleuchte"), (*_METALS, "glass", "bamboo"),
                              ("color",), (59, 520), (800, 4200), (250, 700)),
                ),
            ),
        ),
    ),
    (
        Text("Electronics", "Elektronik"),
        (
            (
                Text("Audio", "Audio"),
                (
                    Blueprint(Text("Headphones", "Kopfhörer"), "headphones", "electronics",
                              _nouns("Headphones|Kopfhörer", "Earbuds|Ohrhörer"), _METALS, ("color",), (39, 390),
                              (40, 380), (80, 220)),
                    Blueprint(Text("Speakers", "Lautsprecher"), "speaker", "electronics",
                              _nouns("Speaker|Lautsprecher", "Soundbar|Soundbar"), (*_METALS, "oak"), ("color",),
                              (59, 690), (400, 6200), (120, 900)),
                ),
            ),
            (
                Text("Computing", "Computer"),
                (
                    Blueprint(Text("Tablets", "Tablets"), "tablet", "electronics",
                              _nouns("Tablet|Tablet", "E-Reader|E-Reader"), ("aluminium",), ("color", "capacity"),
                              (129, 990), (180, 700), (160, 300), ("64gb", "256gb")),
                    Blueprint(Text("Storage", "Speicher"), "tablet", "electronics",
                              _nouns("Portable Drive|Mobile Festplatte", "USB Stick|USB-Stick"), _METALS,
                              ("capacity",), (15, 220), (20, 240), (50, 130), ("64gb", "256gb", "1tb")),
                ),
            ),
        ),
    ),
    (
        Text("Outdoor & Sports", "Outdoor & Sport"),
        (
            (
                Text("Camping", "Camping"),
                (
                    Blueprint(Text("Tents", "Zelte"), "tent", "outdoor",
                              _nouns("Tent|Zelt", "Tarp|Tarp"), ("recycled-polyester", "cotton"), ("color",),
                              (89, 890), (1200, 7800), (450, 720)),
                    Blueprint(Text("Camp Kitchen", "Campingküche"), "mug", "outdoor",
                              _nouns("Camp Mug|Campingbecher", "Cook Set|Kochset", "Flask|Feldflasche"), _METALS,
                              ("color", "capacity"), (12, 110), (150, 1100), (100, 300), ("350ml", "500ml", "1l")),
                ),
            ),
            (
                Text("Fitness", "Fitness"),
                (
                    Blueprint(Text("Yoga", "Yoga"), "mat", "outdoor",
                              _nouns("Yoga Mat|Yogamatte", "Yoga Block|Yogablock"), ("cotton", "bamboo"),
                              ("color",), (15, 120), (300, 2800), (220, 700)),
                ),
            ),
        ),
    ),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Leaf:
    """A leaf category with the blueprint of its products."""

    category: Category
    blueprint: Blueprint


def _slug(name: Text) -> str:
    return "-".join("".join(c if c.isalnum() else " " for c in name.en.lower()).split())


def _category(name: Text, parent: Category | None, position: int) -> Category:
    slug = _slug(name)
    category_id = derived_id("cat", "demo", slug)
    return Category(
        id=category_id,
        slug=slug,
        name=name,
        description=Text(f"All our {name.en.lower()}.", f"{name.de}: unser ganzes Sortiment."),
        parent_id=parent.id if parent else None,
        path=(*(parent.path if parent else ()), category_id),
        level=parent.level + 1 if parent else 0,
        position=position,
    )


def plant() -> tuple[tuple[Category, ...], tuple[Leaf, ...]]:
    """All categories, parents first, and the leaves among them with their blueprints."""
    categories: list[Category] = []
    leaves: list[Leaf] = []
    for i, (department_name, groups) in enumerate(TREE):
        department = _category(department_name, None, i)
        categories.append(department)
        for j, (group_name, blueprints) in enumerate(groups):
            group = _category(group_name, department, j)
            categories.append(group)
            for k, blueprint in enumerate(blueprints):
                leaf = _category(blueprint.name, group, k)
                categories.append(leaf)
                leaves.append(Leaf(leaf, blueprint))
    return tuple(categories), tuple(leaves)
