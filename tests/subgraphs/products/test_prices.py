"""Which price holds: by time, tier, currency; and the lowest one before a reduction."""

from datetime import UTC, datetime, timedelta

import pytest

from shared.demo import Catalogue

pytestmark = [pytest.mark.engine("postgres", "typesense")]

PRICE = """
query ($sku: String!, $quantity: Int) {
  productVariant(sku: $sku) {
    price(quantity: $quantity) { money { minorUnits currencyCode } compareAt { minorUnits } validUntil }
    usd: price(currency: "USD", quantity: $quantity) { money { minorUnits currencyCode } }
    quantityPriceBreaks { minimumQuantity price { minorUnits } }
    lowestPriorPrice { minorUnits }
  }
}
"""
NOW = datetime.now(UTC)
DAY = timedelta(days=1)


@pytest.fixture
async def variant(own_settings, own_database):
    """A variant of the small catalogue, without its demo prices."""
    variant = next(iter(Catalogue(30).products()))[0].variants[0]
    async with own_database.engine.begin() as connection:
        await connection.exec_driver_sql("DELETE FROM price WHERE variant_id = $1", (variant.id,))
    return variant


@pytest.fixture
def add_price(own_database, variant):
    async def add(amount, *, since, until=None, tier=1, currency="EUR", compare_at=None):
        statement = """INSERT INTO price (variant_id, currency, minimum_quantity, effective_from, effective_to,
                       amount_minor, compare_at_minor, includes_tax, reason)
                       VALUES ($1, $2, $3, $4, $5, $6, $7, true, 'MANUAL')"""
        values = (variant.id, currency, tier, since, until, amount, compare_at)
        async with own_database.engine.begin() as connection:
            await connection.exec_driver_sql(statement, values)

    return add


@pytest.fixture
def ask(own_client, variant):
    async def ask(quantity=1):
        result = await own_client.execute(PRICE, {"sku": variant.sku, "quantity": quantity})
        assert result.errors == []
        return result.data["productVariant"]

    return ask


async def test_without_a_price_it_is_not_sold(ask):
    assert (await ask())["price"] is None


async def test_the_price_in_force_is_chosen_by_time(ask, add_price):
    await add_price(900, since=NOW - 10 * DAY, until=NOW - 5 * DAY)
    await add_price(1100, since=NOW + DAY)
    assert (await ask())["price"] is None
    await add_price(1000, since=NOW - 5 * DAY, until=NOW + DAY)
    price = (await ask())["price"]
    assert price["money"] == {"minorUnits": "1000", "currencyCode": "EUR"}
    assert price["validUntil"] is not None


async def test_where_spans_overlap_the_later_beginning_wins(ask, add_price):
    await add_price(1000, since=NOW - 10 * DAY)
    await add_price(800, since=NOW - DAY)
    assert (await ask())["price"]["money"]["minorUnits"] == "800"


async def test_the_highest_tier_reached(ask, add_price):
    for tier, amount in ((1, 1000), (10, 900), (100, 700)):
        await add_price(amount, since=NOW - DAY, tier=tier)
    for quantity, amount in ((1, "1000"), (9, "1000"), (10, "900"), (99, "900"), (100, "700"), (2**31 - 1, "700")):
        assert (await ask(quantity))["price"]["money"]["minorUnits"] == amount
    breaks = (await ask())["quantityPriceBreaks"]
    assert [(each["minimumQuantity"], each["price"]["minorUnits"]) for each in breaks] == [(10, "900"), (100, "700")]


async def test_a_quantity_below_one_is_refused(own_client, variant):
    for quantity in (0, -1):
        result = await own_client.execute(PRICE, {"sku": variant.sku, "quantity": quantity})
        assert "BAD_USER_INPUT" in result.codes


async def test_currencies_are_never_converted(ask, add_price):
    await add_price(1000, since=NOW - DAY)
    assert (await ask())["usd"] is None
    await add_price(1200, since=NOW - DAY, currency="USD")
    assert (await ask())["usd"]["money"] == {"minorUnits": "1200", "currencyCode": "USD"}


async def test_the_lowest_price_of_the_month_before_the_reduction(ask, add_price):
    start = NOW - 10 * DAY
    await add_price(500, since=start - 90 * DAY, until=start - 40 * DAY)
    await add_price(900, since=start - 40 * DAY, until=start - 20 * DAY)
    await add_price(1000, since=start - 20 * DAY, until=start)
    assert (await ask())["lowestPriorPrice"] is None
    await add_price(800, since=start, compare_at=1000)
    assert (await ask())["lowestPriorPrice"] == {"minorUnits": "900"}


async def test_many_prices_take_one_statement(client, demo, statements):
    query = "query ($id: ID!) { product(id: $id) { variants { nodes { price { money { amount } } lowestPriorPrice { amount } } } } }"
    product = next(p for p in demo if len(p.variants) > 3 and p.variants[0].compare_at)
    with statements() as sent:
        await client.execute(query, {"id": product.id})
    assert len(sent) == 4, sent  # product, variants, prices, prices before the reductions
