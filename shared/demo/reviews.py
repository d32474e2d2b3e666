"""The reviews of a demo product, and their average."""

from __future__ import annotations

import random
from datetime import timedelta

from shared.demo.model import Product, Review, Text
from shared.demo.users import REVIEWERS
from shared.ids import derived_id

MOST_REVIEWS = 12

_OPENINGS: dict[int, tuple[tuple[Text, Text], ...]] = {
    5: (
        (
            Text("Exactly right", "Genau richtig"),
            Text("I would buy it again today.", "Jederzeit wieder."),
        ),
        (Text("A favourite", "Ein Lieblingsstück"), Text("In use every day since.", "Seitdem jeden Tag im Einsatz.")),
    ),
    4: (
        (Text("Very good", "Sehr gut"), Text("Well made, arrived quickly.", "Gut verarbeitet, kam schnell an.")),
        (Text("Happy with it", "Zufrieden"), Text("Looks better than the photo.", "Schöner als auf dem Bild.")),
    ),
    3: ((Text("All right", "In Ordnung"), Text("Does what it should, no more.", "Tut, was es soll, mehr nicht.")),),
    2: ((Text("Not for me", "Nichts für mich"), Text("I had expected more.", "Ich hatte mehr erwartet.")),),
    1: ((Text("Sent back", "Zurückgeschickt"), Text("Arrived with a scratch.", "Kam mit einem Kratzer an.")),),
}
_DETAILS = (
    Text("The colour is true to the picture.", "Die Farbe entspricht dem Bild."),
    Text("A little smaller than I thought.", "Etwas kleiner als gedacht."),
    Text("Feels solid.", "Fühlt sich solide an."),
    Text("A present that was well received.", "Ein Geschenk, das gut ankam."),
    Text("Packaging without plastic, thank you.", "Verpackung ohne Plastik, danke."),
)


def reviews_of(product: Product) -> tuple[Review, ...]:
    """From none to `MOST_REVIEWS` reviews, each by another reviewer; good products are praised more often."""
    rng = random.Random(f"reviews:{product.index}")  # noqa: S311 -- reproducible, not secret
    count = int(MOST_REVIEWS * rng.random() ** 2)
    weights = rng.choice(((1, 2, 5, 20, 30), (2, 5, 15, 25, 15), (6, 10, 15, 10, 5)))
    reviews = []
    for number, author in enumerate(rng.sample(REVIEWERS, count)):
        rating = rng.choices((1, 2, 3, 4, 5), weights)[0]
        title, opening = rng.choice(_OPENINGS[rating])
        detail = rng.choice(_DETAILS)
        german = author.language == "de"
        reviews.append(
            Review(
                id=derived_id("rev", "demo", product.index, number),
                product_id=product.id,
                author_id=author.id,
                author_name=author.display_name,
                rating=rating,
                title=title.de if german else title.en,
                body=f"{opening.de} {detail.de}" if german else f"{opening.en} {detail.en}",
                language=author.language,
                verified_purchase=rng.random() < 0.6,
                helpful_count=int(20 * rng.random() ** 3),
                created_at=product.published_at + timedelta(days=1 + number, minutes=rng.randrange(1440)),
            )
        )
    return tuple(reviews)
