"""The words of the demo catalogue: colours, sizes, materials, makers and the parts of product names."""

from __future__ import annotations

from shared.demo.model import AttributeOption, Text

COLORS = (
    AttributeOption("black", Text("Black", "Schwarz"), "#23262b"),
    AttributeOption("white", Text("White", "Weiß"), "#f4f2ec"),
    AttributeOption("grey", Text("Stone grey", "Steingrau"), "#9a9d9c"),
    AttributeOption("navy", Text("Navy", "Marineblau"), "#22385c"),
    AttributeOption("blue", Text("Sky blue", "Himmelblau"), "#6ea8d8"),
    AttributeOption("green", Text("Moss green", "Moosgrün"), "#5b7a4a"),
    AttributeOption("teal", Text("Teal", "Petrol"), "#1f7a7a"),
    AttributeOption("red", Text("Brick red", "Ziegelrot"), "#b0432f"),
    AttributeOption("rose", Text("Rose", "Rosé"), "#d99aa5"),
    AttributeOption("yellow", Text("Mustard", "Senfgelb"), "#d9a62e"),
    AttributeOption("sand", Text("Sand", "Sand"), "#d8c3a0"),
    AttributeOption("brown", Text("Walnut brown", "Nussbraun"), "#6b4a32"),
)

MATERIALS = (
    AttributeOption("cotton", Text("Cotton", "Baumwolle")),
    AttributeOption("linen", Text("Linen", "Leinen")),
    AttributeOption("wool", Text("Merino wool", "Merinowolle")),
    AttributeOption("leather", Text("Leather", "Leder")),
    AttributeOption("canvas", Text("Canvas", "Segeltuch")),
    AttributeOption("recycled-polyester", Text("Recycled polyester", "Recycling-Polyester")),
    AttributeOption("oak", Text("Oak", "Eiche")),
    AttributeOption("walnut", Text("Walnut", "Nussbaum")),
    AttributeOption("bamboo", Text("Bamboo", "Bambus")),
    AttributeOption("steel", Text("Stainless steel", "Edelstahl")),
    AttributeOption("cast-iron", Text("Cast iron", "Gusseisen")),
    AttributeOption("aluminium", Text("Aluminium", "Aluminium")),
    AttributeOption("ceramic", Text("Ceramic", "Keramik")),
    AttributeOption("glass", Text("Glass", "Glas")),
)

APPAREL_SIZES = tuple(AttributeOption(size.lower(), Text(size, size)) for size in ("XS", "S", "M", "L", "XL", "XXL"))
SHOE_SIZES = tuple(AttributeOption(str(size), Text(str(size), str(size))) for size in range(36, 47))
CAPACITIES = tuple(
    AttributeOption(code, Text(label, label))
    for code, label in (
        ("350ml", "350 ml"),
        ("500ml", "500 ml"),
        ("1l", "1 l"),
        ("20l", "20 l"),
        ("35l", "35 l"),
        ("64gb", "64 GB"),
        ("256gb", "256 GB"),
        ("1tb", "1 TB"),
    )
)
AUDIENCES = (
    AttributeOption("women", Text("Women", "Damen")),
    AttributeOption("men", Text("Men", "Herren")),
    AttributeOption("unisex", Text("Unisex", "Unisex")),
    AttributeOption("kids", Text("Kids", "Kinder")),
)
FEATURES = (
    AttributeOption("organic", Text("Organic", "Biologisch")),
    AttributeOption("recycled", Text("Recycled content", "Recycling-Anteil")),
    AttributeOption("handmade", Text("Handmade", "Handgefertigt")),
    AttributeOption("foldable", Text("Foldable", "Faltbar")),
    AttributeOption("dishwasher-safe", Text("Dishwasher safe", "Spülmaschinenfest")),
    AttributeOption("machine-washable", Text("Machine washable", "Maschinenwaschbar")),
    AttributeOption("bluetooth", Text("Bluetooth", "Bluetooth")),
    AttributeOption("usb-c", Text("USB-C charging", "USB-C-Ladung")),
    AttributeOption("repairable", Text("Repairable", "Reparierbar")),
)

BRANDS = (
    ("Nordhavn", "NOR"),
    ("Fjell & Fjord", "FJE"),
    ("Lumen Werk", "LUM"),
    ("Casa Terra", "CAT"),
    ("Atelier Onze", "AON"),
    ("Brightwater", "BRW"),
    ("Kiefer & Sohn", "KIE"),
    ("Oaken", "OAK"),
    ("Solstice", "SOL"),
    ("Tindra", "TIN"),
    ("Marlow", "MAR"),
    ("Pebble", "PEB"),
    ("Hedgerow", "HED"),
    ("Volta", "VOL"),
    ("Quill & Crane", "QUI"),
    ("Rivertown", "RIV"),
    ("Saltmarsh", "SAL"),
    ("Ember", "EMB"),
    ("Juniper Lane", "JUN"),
    ("Wayfarer", "WAY"),
    ("Zephyr", "ZEP"),
    ("Granite Peak", "GRA"),
    ("Papaver", "PAP"),
    ("Yarrow", "YAR"),
)

LINES = (
    "Alder", "Aster", "Aurora", "Birch", "Bramble", "Cedar", "Clover", "Coast", "Dawn", "Delta", "Drift", "Dune",
    "Fable", "Fern", "Flint", "Harbour", "Haven", "Hazel", "Heath", "Heron", "Horizon", "Isle", "Ivy", "Lark",
    "Linden", "Luna", "Maple", "Meadow", "Mica", "Mistral", "Moor", "Nova", "Opal", "Orbit", "Orchard", "Otter",
    "Pine", "Prairie", "Quarry", "Reed", "Ridge", "Rowan", "Sable", "Sage", "Sierra", "Skye", "Slate", "Sparrow",
    "Spruce", "Summit", "Tern", "Thistle", "Tide", "Trail", "Vale", "Vesper", "Willow", "Wren",
)  # fmt: skip

QUALITIES = (
    Text("made to be used every day", "für jeden Tag gemacht"),
    Text("light in the hand and hard to wear out", "leicht in der Hand und schwer kaputtzukriegen"),
    Text("finished by hand in small batches", "in kleinen Serien von Hand vollendet"),
    Text("designed to be repaired, not replaced", "zum Reparieren statt zum Wegwerfen entworfen"),
    Text("as much at home on the road as at the table", "unterwegs so zu Hause wie am Tisch"),
    Text("quiet in looks and generous in use", "zurückhaltend im Auftritt und großzügig im Gebrauch"),
    Text("tested through two winters before it was released", "zwei Winter lang geprüft, bevor es erschien"),
)
CLOSINGS = (
    Text("Comes with a two-year warranty.", "Mit zwei Jahren Garantie."),
    Text("Packed without plastic.", "Ohne Plastik verpackt."),
    Text("Spare parts are available for ten years.", "Ersatzteile sind zehn Jahre lang erhältlich."),
    Text("Made in Europe.", "Hergestellt in Europa."),
)
TAGS = ("new", "bestseller", "gift-idea", "sustainable", "limited", "essentials")
